// Faults of what is on the page now, as lines of text: controls without a name, headings out of order, letters too pale
// (WCAG 2.2, 1.4.3), targets too small for a finger (2.5.5: 44 px), pictures without words.

function find() {
  const kTarget = 44;
  const out = [];
  const describe = (node) => `${node.outerHTML.split('>')[0]}> ${(node.textContent ?? '').trim().slice(0, 40)}`;
  const visible = (node) => node.checkVisibility?.({checkVisibilityCSS: true}) ?? node.getClientRects().length > 0;
  const clipped = (node) => node.closest('.unseen') !== null;

  const labelText = (label) =>
    [...label.childNodes]
      .filter((node) => !node.matches?.('select, input'))
      .map((node) => node.textContent)
      .join('')
      .trim();
  const named = (node) =>
    node.getAttribute('aria-label') ||
    (!node.labels && node.textContent.trim()) ||
    (node.labels?.[0] && labelText(node.labels[0])) ||
    (node.matches('button') && node.textContent.trim()) ||
    document.getElementById(node.getAttribute('aria-labelledby'))?.textContent.trim();
  for (const node of document.querySelectorAll(
    'button, a[href], input, select, textarea, summary, progress, [role="group"]',
  )) {
    if (visible(node) && !named(node)) out.push(`no name: ${describe(node)}`);
  }
  for (const node of document.querySelectorAll('img')) {
    if (visible(node) && !node.alt) out.push(`no words for a picture: ${node.src}`);
  }

  let level = 0;
  const headings = [...document.querySelectorAll('h1, h2, h3, h4')].filter(visible);
  if (headings.filter(({tagName}) => tagName === 'H1').length !== 1) out.push('not one first heading');
  for (const node of headings) {
    const next = Number(node.tagName[1]);
    if (next > level + 1) out.push(`heading skips a level: ${describe(node)}`);
    level = next;
  }
  const ids = [...document.querySelectorAll('[id]')].map(({id}) => id);
  for (const id of ids.filter((one, index) => ids.indexOf(one) !== index)) out.push(`two have the id ${id}`);

  // A link within a line of text may be as high as the line, and an input as its label.
  for (const node of document.querySelectorAll('button, a[href], input, select, summary')) {
    if (!visible(node) || clipped(node) || node.closest('p, .sources')) continue;
    const {width, height} = (
      node.matches('input') && node.closest('label') ? node.closest('label') : node
    ).getBoundingClientRect();
    if (width < kTarget - 0.5 || height < kTarget - 0.5)
      out.push(`small: ${Math.round(width)} x ${Math.round(height)} ${describe(node)}`);
  }

  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return {r, g, b, a};
  };
  const over = (top, below) => {
    const mix = (name) => top[name] * top.a + below[name] * (1 - top.a);
    return {r: mix('r'), g: mix('g'), b: mix('b'), a: 1};
  };
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), {r: 255, g: 255, b: 255, a: 1});
  };
  const luminance = ({r, g, b}) => {
    const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (
      !texts.currentNode.textContent.trim() ||
      !visible(node) ||
      clipped(node) ||
      node.closest('option, noscript, svg, script')
    )
      continue;
    const style = getComputedStyle(node);
    const below = ground(node);
    const [a, b] = [luminance(over(parse(style.color), below)), luminance(below)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) out.push(`contrast ${contrast.toFixed(2)}: ${describe(node)}`);
  }
  return out;
}

export const faults = (page) => page.evaluate(find);
