/* app.js: small enhancements; every page works without it */
(function () {
  "use strict";
  var here = document.body.dataset.here, told = 0;
  addEventListener("click", function (event) {
    var opener = event.target.closest("[data-open]");
    if (event.target.closest("[data-print]")) { print(); }
    if (opener) { document.getElementById(opener.dataset.open).showModal(); }
  });
  /* a form without an address posts to its page, with the #place that a click on an error left in it:
     the answer would open at that place, below the errors or the consequences it was asked for */
  addEventListener("submit", function (event) {
    if (!event.target.hasAttribute("action")) { event.target.setAttribute("action", location.pathname + location.search); }
  });
  /* writing is doing something: who fills in a form is not idle, and is not signed out over it */
  addEventListener("input", function (event) {
    if (here && event.target.closest("form[method=post]") && Date.now() - told > 300000) { told = Date.now(); fetch(here); }
  });
})();
