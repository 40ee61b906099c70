/** Theme and language of the page itself: read before the first paint, kept in this browser only. */

const root = document.documentElement;

function read(key, allowed) {
  try {
    const value = localStorage.getItem(key);
    return allowed.includes(value) ? value : "auto";
  } catch {
    return "auto"; // storage can be switched off: the page works without memory
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // see read()
  }
}

export const THEMES = ["auto", "light", "dark"];
export const LANGUAGES = ["auto", "en", "zh"];

export const looks = {
  theme: read("playground.theme", THEMES),
  language: read("playground.language", LANGUAGES),
  chooseTheme(theme) {
    this.theme = theme;
    root.dataset.theme = theme;
    write("playground.theme", theme);
  },
  chooseLanguage(language) {
    this.language = language;
    write("playground.language", language);
  },
};

root.dataset.theme = looks.theme;
