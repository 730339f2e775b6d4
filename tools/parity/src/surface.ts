import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { ToolError } from '../../setup/src/tool-error.ts';

/** Who may call a route: anyone; a chosen provider; a session unless no provider is enforced; a session. */
export type RouteAuth = 'public' | 'provider' | 'provider-policy' | 'session';

/** One method of one published path. Method `ANY` stands for whatever a client of that path sends. */
export interface Route {
  readonly method: string;
  /** With `{name}` for a parameter and `*` for any rest. */
  readonly path: string;
  readonly auth: RouteAuth;
}

/** Routes of one feature. */
export interface SurfaceSection {
  readonly name: string;
  readonly routes: readonly Route[];
}

/** The REST routes that published clients of Meshery know. */
export interface Surface {
  readonly sections: readonly SurfaceSection[];
}

/** How a route is called in reports and in the list of proofs, for example `GET /healthz/live`. */
export function pairOf(route: Route): string {
  return `${route.method} ${route.path}`;
}

/** Every pair of the surface, in its order. */
export function pairsOf(surface: Surface): string[] {
  return surface.sections.flatMap((section) => section.routes.map(pairOf));
}

/** Reads the checked-in list. Throws when a pair is there twice. */
export function readSurface(): Surface {
  const surface = JSON.parse(
    readFileSync(join(repositoryRoot, 'tools', 'parity', 'rest-surface.json'), 'utf8'),
  ) as Surface;
  const pairs = pairsOf(surface);
  const twice = pairs.filter((pair, index) => pairs.indexOf(pair) !== index);
  if (twice.length > 0) throw new ToolError(`rest-surface.json has ${twice.join(', ')} twice`, 'Remove one of each');
  return surface;
}
