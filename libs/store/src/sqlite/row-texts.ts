import type { PageFormat } from '../inventory-store.ts';
import type { LightReader } from './light-reader.ts';

/** Bounds of what is kept: characters of all texts together, and formats. */
const maximumCharacters = 16 * 1024 * 1024;
const maximumFormats = 4;

/** After more changed rows than this between two pages everything is forgotten instead of each row. */
const maximumChanged = 5000;

/**
 * The rendered rows of recent pages, right for one change sequence. What commits changed since is forgotten before the
 * next row is read, so that in a busy cluster only rows that really changed are read and written again. Full, it starts
 * anew.
 */
export class RowTexts {
  private readonly light: LightReader;
  private readonly formats = new Map<string, Map<number, string>>();
  private seq = 0;
  private characters = 0;

  constructor(light: LightReader) {
    this.light = light;
  }

  /** The texts of these rows, none older than `seq`; undefined when one of them is gone. */
  read(ids: Int32Array, format: PageFormat, seq: number): string[] | undefined {
    const known = this.textsOf(format.key);
    if (this.seq >= seq) {
      const texts = allOf(known, ids);
      if (texts !== undefined) return texts;
    }
    return this.light.snapshot(() => {
      this.forgetChanged();
      return this.readEach(ids, format, this.textsOf(format.key));
    });
  }

  private readEach(ids: Int32Array, format: PageFormat, known: Map<number, string>): string[] | undefined {
    const texts: string[] = [];
    for (const id of ids) {
      let text = known.get(id);
      if (text === undefined) {
        const head = this.light.head(id);
        if (head === undefined) return undefined;
        text = format.row(head, undefined);
        known.set(id, text);
        this.characters += text.length;
      }
      texts.push(text);
    }
    if (this.characters > maximumCharacters) this.clear();
    return texts;
  }

  private textsOf(key: string): Map<number, string> {
    const known = this.formats.get(key);
    if (known !== undefined) return known;
    if (this.formats.size >= maximumFormats) this.clear();
    const fresh = new Map<number, string>();
    this.formats.set(key, fresh);
    return fresh;
  }

  /** Deleted rows are in no order any more, and a new row that takes over the number of one has a newer sequence. */
  private forgetChanged(): void {
    const { seq } = this.light;
    if (seq === this.seq) return;
    const changed = this.characters === 0 ? [] : this.light.changedIds(this.seq, maximumChanged + 1);
    this.seq = seq;
    if (changed.length > maximumChanged) {
      for (const texts of this.formats.values()) texts.clear();
      this.characters = 0;
      return;
    }
    for (const texts of this.formats.values()) {
      for (const id of changed) {
        this.characters -= texts.get(id)?.length ?? 0;
        texts.delete(id);
      }
    }
  }

  private clear(): void {
    this.formats.clear();
    this.characters = 0;
  }
}

function allOf(known: ReadonlyMap<number, string>, ids: Int32Array): string[] | undefined {
  const texts: string[] = [];
  for (const id of ids) {
    const text = known.get(id);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}
