/** What may stand in an element: nodes and texts; what is absent or false is left out. */
export type Child = Node | string | false | undefined;
/** Attributes by name; `true` sets an empty one, `undefined` and `false` none. `onclick` and its kind add a listener. */
export type Props = Readonly<Record<string, string | boolean | undefined | ((event: Event) => void)>>;

/** Makes an element. Text becomes text nodes and nothing else, so that no text can ever become markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  fill(made, ...children);
  return made;
}

/** Puts these children in place of those an element has. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter(child => child !== undefined && child !== false));
}

/** Text in which phone numbers stand as they are dialled: a Hebrew line would turn their groups round. */
export const dialled = (text: string): Child[] =>
  text.split(/(\+\d[\d ()-]*\d)/).map((part, place) => (place % 2 === 1 ? element('bdi', { dir: 'ltr' }, part) : part));

/** Text a person wrote: it keeps its own direction and cannot turn around what stands beside it. */
export const typed = (text: string, props: Props = {}): HTMLElement => element('bdi', props, ...dialled(text));

/** A block of text a person wrote, with its line breaks; each line reads in its own direction. */
export const typedBlock = (text: string): HTMLElement =>
  element('p', { class: 'typed', dir: 'auto' }, ...dialled(text));

/**
 * A part of the page that is made again when its data changes, and only then. The focus stays on the same control
 * (by its `data-key`), or on the part itself where that control is gone.
 */
export function region<Data>(node: HTMLElement, render: (data: Data) => readonly Child[]): (data: Data) => void {
  let shown: string | undefined;
  return data => {
    const text = JSON.stringify(data);
    if (text === shown) return;
    shown = text;
    const focused = node.contains(document.activeElement) ? document.activeElement : undefined;
    const key = focused?.getAttribute('data-key');
    fill(node, ...render(data));
    if (!focused) return;
    const again = key ? node.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) : undefined;
    if (!again) node.tabIndex = -1;
    (again ?? node).focus();
  };
}

/** Sets a text only where it differs, so that a live region speaks of changes alone. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
