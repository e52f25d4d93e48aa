// Step 1, the list of municipalities: hides the lines that do not hold what was typed, in name,
// other name or code. Accents, apostrophes and spaces do not count. Nothing leaves the page.
const bare = (/** @type {string} */ text) =>
  text.normalize("NFD").replace(/[^a-z0-9]/gi, "").toLowerCase();
const part = /** @type {HTMLInputElement} */ (document.getElementById("part"));
const lines = [...document.querySelectorAll("#places li")].map((line) => ({
  line: /** @type {HTMLElement} */ (line),
  text: bare(line.id + " " + line.textContent),
}));

/** @type {HTMLElement} */ (part.parentElement).hidden = false;
part.oninput = () => {
  const wanted = bare(part.value);
  for (const { line, text } of lines) line.hidden = !text.includes(wanted);
  for (const section of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("#places section")
  ))
    section.hidden = !section.querySelector("li:not([hidden])");
};
