/** Markup that is safe to send. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | readonly Html[];

/** A template whose values are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const text = strings.map((fixed, index) =>
    index < parts.length ? fixed + markup(parts[index]) : fixed,
  );
  return new Html(text.join(''));
}

function markup(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return String(part).replace(
    /[&<>"']/g,
    character => `&#${character.charCodeAt(0)};`,
  );
}
