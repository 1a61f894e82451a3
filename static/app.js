/* app.js: small enhancements; every page works without it */
(function () {
  "use strict";
  addEventListener("click", function (event) {
    var opener = event.target.closest("[data-open]");
    if (event.target.closest("[data-print]")) { print(); }
    if (opener) { document.getElementById(opener.dataset.open).showModal(); }
  });
})();
