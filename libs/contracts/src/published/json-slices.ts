import { endOfString } from '../nats/envelope.ts';

/**
 * The members of a JSON object as raw text: what is copied from here is equal digit for digit.
 * `text` must be a valid JSON object (parse it first). Keys are decoded; of a repeated key the last one counts.
 */
export function sliceMembers(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let index = skipSpace(text, 0) + 1;
  for (;;) {
    index = skipSpace(text, index);
    if (index >= text.length || text[index] === '}') return members;
    const keyEnd = endOfString(text, index);
    const key = JSON.parse(text.slice(index, keyEnd)) as string;
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    members.set(key, text.slice(start, end));
    index = skipSpace(text, end);
    if (text[index] === ',') index += 1;
  }
}

function skipSpace(text: string, start: number): number {
  let index = start;
  while (index < text.length && text.charCodeAt(index) <= 0x20) index += 1;
  return index;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first === '{' || first === '[') return endOfComposite(text, start);
  const end = /[,}\]\s]/g;
  end.lastIndex = start;
  return end.exec(text)?.index ?? text.length;
}

function endOfComposite(text: string, start: number): number {
  const token = /["{}[\]]/g;
  token.lastIndex = start;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const character = match[0];
    if (character === '"') token.lastIndex = endOfString(text, match.index);
    else if (character === '{' || character === '[') depth += 1;
    else if (--depth === 0) return match.index + 1;
  }
  return text.length;
}
