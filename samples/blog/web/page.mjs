const style = `
  :root { color-scheme: light dark; --ink: light-dark(#1c2a33, #dfe8ec); --sea: light-dark(#0b6e8f, #6cc4de);
    --paper: light-dark(#fbf9f4, #14202a); --card: light-dark(#ffffff, #1c2b37); }
  body { margin: 0 auto; max-width: 42rem; padding: 3rem 1.25rem; background: var(--paper); color: var(--ink);
    font: 1.05rem/1.65 Georgia, serif; }
  h1 { font-size: 2.4rem; line-height: 1.15; margin: 0 0 2rem; }
  h2 { margin: 0; font-size: 1.35rem; }
  article, form { background: var(--card); border-radius: 0.75rem; padding: 1.25rem 1.5rem; margin: 0 0 1.25rem;
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.12); }
  small, label, .problem { font: 0.85rem/1.5 system-ui, sans-serif; opacity: 0.8; }
  .problem { color: #c0392b; opacity: 1; }
  input, textarea, button { font: inherit; width: 100%; box-sizing: border-box; margin: 0.2rem 0 0.8rem; padding: 0.5rem 0.7rem;
    border: 1px solid color-mix(in srgb, var(--ink) 25%, transparent); border-radius: 0.4rem; background: none; color: inherit; }
  button { background: var(--sea); color: var(--paper); border: 0; cursor: pointer; margin: 0; }
`;

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text ?? '').replace(/[&<>"']/g, (character) => entities[character]);

const renderPost = ({ title, text, author, written }) => `
  <article>
    <h2>${escape(title)}</h2>
    <small>${escape(author)}, ${escape(written.slice(0, 10))}</small>
    <p>${escape(text)}</p>
  </article>`;

const loginForm = (problem) => `
  <form method="post" action="/login">
    ${problem === undefined ? '' : `<p class="problem">${escape(problem)}</p>`}
    <label>Name <input name="name" autocomplete="username" required></label>
    <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
    <button>Log in</button>
  </form>`;

const postForm = (author) => `
  <form method="post" action="/posts">
    <label>Title <input name="title" required></label>
    <label>What happened, ${escape(author)}? <textarea name="text" rows="4" required></textarea></label>
    <button>Publish</button>
  </form>`;

/** The whole page. `author` is who is logged in, `problem` why a login failed. */
export function renderPage({ title, posts, author, problem }) {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${escape(title)}</title>
  <style>${style}</style>
</head>
<body>
  <h1>${escape(title)}</h1>
  ${posts.map(renderPost).join('')}
  ${author === undefined ? loginForm(problem) : postForm(author)}
</body>
</html>
`;
}
