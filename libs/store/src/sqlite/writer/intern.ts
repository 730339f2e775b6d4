import type { Database, Statement } from 'better-sqlite3';
import { modelOf } from '../../shared/model-of.ts';

/** Cached numbers are dropped beyond this many, so that labels with unique values cannot grow the heap. */
const maximumCached = 50_000;

/** Splits key and value in a cache key; cannot occur in either. */
const separator = '\u0000';

/** Numbers for the strings that repeat. Its cache is only right for committed rows: `forget` after a rollback. */
export class Interner {
  private readonly namespaces = new Map<string, number>();
  private readonly types = new Map<string, number>();
  private readonly labels = new Map<string, number>();
  private readonly selectNamespace: Statement<unknown[], { id: number }>;
  private readonly insertNamespace: Statement;
  private readonly selectType: Statement<unknown[], { id: number }>;
  private readonly insertType: Statement;
  private readonly selectLabel: Statement<unknown[], { id: number }>;
  private readonly insertLabel: Statement;

  constructor(db: Database) {
    this.selectNamespace = db.prepare('SELECT id FROM namespaces WHERE name = ?');
    this.insertNamespace = db.prepare('INSERT INTO namespaces (name) VALUES (?)');
    this.selectType = db.prepare('SELECT id FROM types WHERE api_version = ? AND kind = ?');
    this.insertType = db.prepare('INSERT INTO types (api_version, kind, model) VALUES (?, ?, ?)');
    this.selectLabel = db.prepare('SELECT id FROM label_names WHERE key = ? AND value = ?');
    this.insertLabel = db.prepare('INSERT INTO label_names (key, value) VALUES (?, ?)');
  }

  /** Drops every cached number. */
  forget(): void {
    this.namespaces.clear();
    this.types.clear();
    this.labels.clear();
  }

  namespace(name: string): number {
    const known = this.namespaces.get(name);
    if (known !== undefined) return known;
    const id = this.selectNamespace.get(name)?.id ?? Number(this.insertNamespace.run(name).lastInsertRowid);
    return remember(this.namespaces, name, id);
  }

  type(apiVersion: string, kind: string): number {
    const cacheKey = apiVersion + separator + kind;
    const known = this.types.get(cacheKey);
    if (known !== undefined) return known;
    const id =
      this.selectType.get(apiVersion, kind)?.id ??
      Number(this.insertType.run(apiVersion, kind, modelOf(apiVersion)).lastInsertRowid);
    return remember(this.types, cacheKey, id);
  }

  label(key: string, value: string): number {
    const cacheKey = key + separator + value;
    const known = this.labels.get(cacheKey);
    if (known !== undefined) return known;
    const id = this.selectLabel.get(key, value)?.id ?? Number(this.insertLabel.run(key, value).lastInsertRowid);
    return remember(this.labels, cacheKey, id);
  }
}

function remember(cache: Map<string, number>, key: string, id: number): number {
  if (cache.size >= maximumCached) cache.clear();
  cache.set(key, id);
  return id;
}
