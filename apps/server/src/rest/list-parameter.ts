import { badParameter, repeated } from './query-values.ts';
import type { RawQuery } from './query-values.ts';

const maxValues = 100;

/** A parameter with several values: repeated, with commas in between, or as a JSON array of texts. */
export function listParameter(raw: RawQuery, name: string): readonly string[] | undefined {
  const values = repeated(raw, name)?.flatMap((text) =>
    text.startsWith('[') ? jsonTexts(text, name) : text.split(','),
  );
  const given = values?.map((value) => value.trim()).filter((value) => value !== '');
  if (given === undefined || given.length === 0) return undefined;
  if (given.length > maxValues) throw badParameter(name, `may have at most ${String(maxValues)} values`);
  if (given.some((value) => value.includes('\0'))) throw badParameter(name, 'must not contain the character 0');
  return given;
}

function jsonTexts(text: string, name: string): readonly string[] {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    throw badParameter(name, 'must be a JSON array of texts');
  }
  const isList = Array.isArray(values) && values.every((value) => typeof value === 'string');
  if (!isList) throw badParameter(name, 'must be a JSON array of texts');
  return values as readonly string[];
}
