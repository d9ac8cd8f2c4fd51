"""A person at the workstation: finds fields by their labels and buttons by their words, as whoever sees it does."""

import asyncio
import base64
import json
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.pages.browser import Tab

PATIENCE = 10.0
HERE = """
const seen = (one) => one.checkVisibility();
const named = (name, kind) => [...document.querySelectorAll(kind)].filter(seen)
  .find((one) => (one.getAttribute("aria-label") || one.textContent).trim() === name)
  || [...document.querySelectorAll(kind)].filter(seen)
  .find((one) => (one.getAttribute("aria-label") || one.textContent).trim().startsWith(name));
"""


@dataclass
class Worker:
    """Somebody who works in a tab."""

    tab: Tab
    words: dict[str, str] = field(default_factory=dict)

    async def open(self, address: str, language: str) -> None:
        """Open the workstation in a language."""
        await self.tab.open(f"{address}/workstation?lang={language}")
        self.words = await self.tab.run(f"fetch('/workstation/words/{language}').then((one) => one.json())")
        await self.sees("document.querySelector('main form')")

    async def speak(self, language: str) -> None:
        """Change the language where one is."""
        await self.tab.run(f"document.querySelector('#languages [data-language={language}]').click()")
        self.words = await self.tab.run(f"fetch('/workstation/words/{language}').then((one) => one.json())")
        await self.sees(f"document.querySelector('#languages [data-language={language}][aria-pressed=true]')")

    async def log_in(self, credentials: dict[str, str]) -> None:
        """Log in."""
        await self.type(self.words["iin"], credentials["iin"])
        await self.type(self.words["password"], credentials["password"])
        await self.type(self.words["organisation"], credentials["organisation_bin"])
        await self.press(self.words["log_in"])
        await self.sees("!document.querySelector('#screens').hidden")

    async def type(self, label: str, words: str) -> None:
        """Put words into the field with this label, or choose them."""
        script = f"""(() => {{ {HERE}
          const label = named({json.dumps(label)}, "label");
          const input = label.htmlFor ? document.getElementById(label.htmlFor) : label.querySelector("input");
          input.focus(); input.value = {json.dumps(words)};
          input.dispatchEvent(new Event("input", {{bubbles: true}}));
          input.dispatchEvent(new Event("change", {{bubbles: true}})); }})()"""
        await self.sees(f"(() => {{ {HERE} return named({json.dumps(label)}, 'label') }})()")
        await self.tab.run(script)

    async def press(self, words: str, kind: str = "button") -> None:
        """Press what says these words."""
        found = f"(() => {{ {HERE} return named({json.dumps(words)}, {json.dumps(kind)}) }})()"
        await self.sees(found)
        await self.tab.run(f"{found}.click()")

    async def go(self, screen: str) -> None:
        """Go to a screen and wait for its heading."""
        await self.tab.run(f"location.hash = '#/{screen}'")
        await self.sees(f"document.querySelector('#screens [aria-current]')?.hash === '#/{screen}'")

    async def sees(self, what: str) -> Any:
        """Wait until a script says so, without counting on any time."""
        script = f"""new Promise((found, lost) => {{
          const end = performance.now() + {PATIENCE * 1000};
          const look = () => {{ let so = null; try {{ so = {what} }} catch {{ so = null }}
            so ? found(true) : performance.now() > end ? found(false) : setTimeout(look, 20) }};
          look() }})"""
        if not await self.tab.run(script):
            shown = await self.tab.run("document.body.innerText")
            raise AssertionError(f"never seen: {what}\n{self.tab.faults}\n{shown}")

    async def reads(self, words: str) -> None:
        """Wait until the page says these words."""
        await self.sees(f"document.body.innerText.includes({json.dumps(words)})")

    async def choose_file(self, content: bytes, name: str) -> None:
        """Choose a file at the only place where one is chosen."""
        await self.sees("document.querySelector('input[type=file]')")
        data, kind = base64.b64encode(content).decode(), mimetypes.guess_type(name)[0] or ""
        await self.tab.run(f"""(() => {{
          const bytes = Uint8Array.from(atob("{data}"), (one) => one.charCodeAt(0));
          const files = new DataTransfer();
          files.items.add(new File([bytes], {json.dumps(name)}, {{type: {json.dumps(kind)}}}));
          const input = document.querySelector("input[type=file]"); input.files = files.files;
          input.dispatchEvent(new Event("change", {{bubbles: true}})); }})()""")

    async def photograph(self, folder: Path | None, name: str) -> None:
        """Keep a picture of what is seen, where one is asked for."""
        if folder is not None:
            await asyncio.to_thread((folder / f"{name}.png").write_bytes, await self.tab.picture())
