"""网页: what a person sees of one answer: text, links and forms. html.parser of the standard library is enough."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


@dataclass
class Button:
    """提交按钮: its caption, and the name and value that it adds."""

    caption: str = ""
    name: str = ""
    value: str = ""


@dataclass
class Form:
    """表单: where it goes, what it would send if nothing were changed, and its buttons."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)


@dataclass
class Link:
    """链接: its text and address."""

    address: str
    caption: str = ""


class Page(HTMLParser):
    """One page, read once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[Link] = []
        self.text = ""
        self._form: Form | None = None
        self._writing: list[Button | Link] = []
        self._select = self._area = ""
        self._silent = 0
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        known = {name: value or "" for name, value in attributes}
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag == "form":
            self._form = Form(known.get("action", ""), known.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in known:
            link = Link(known["href"])
            self.links.append(link)
            self._writing.append(link)
        elif self._form and "disabled" not in known:
            self._control(self._form, tag, known)

    def _control(self, form: Form, tag: str, known: dict[str, str]) -> None:
        name, kind = known.get("name", ""), known.get("type", "text" if tag == "input" else "submit")
        if tag == "button" and kind == "submit":
            button = Button(name=name, value=known.get("value", ""))
            form.buttons.append(button)
            self._writing.append(button)
        elif tag == "input" and kind == "submit":
            form.buttons.append(Button(known.get("value", ""), name, known.get("value", "")))
        elif tag == "input" and name:
            form.names.add(name)
            if kind not in {"checkbox", "radio", "file", "button"} or "checked" in known:
                form.fields.setdefault(name, []).append(known.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select":
            self._select = name
            form.names.add(name)
        elif tag == "option" and self._select and ("selected" in known or self._select not in form.fields):
            form.fields[self._select] = [known.get("value", "")]
        elif tag == "textarea" and name:
            self._area = name
            form.names.add(name)
            form.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.text += data
        for one in self._writing:
            one.caption += data.strip()
        if self._area and self._form:
            self._form.fields[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent -= 1
        elif tag in {"a", "button"} and self._writing:
            self._writing.pop()
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._form = None
        self.text += " " if tag not in {"a", "span", "b", "strong", "em", "i", "mark"} else ""
