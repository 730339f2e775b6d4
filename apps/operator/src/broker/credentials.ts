import { randomBytes } from 'node:crypto';

/** Who connects to a broker. */
export const brokerRoles = ['agent', 'bridge', 'route', 'leaf'] as const;

/** One of them. */
export type BrokerRole = (typeof brokerRoles)[number];

/** A user of nats-server. */
export interface BrokerUser {
  readonly user: string;
  readonly password: string;
}

/** The users of one role: what is given out now, and what still works until clients took it. */
export interface RoleUsers {
  readonly current: BrokerUser;
  readonly previous?: BrokerUser;
}

/** All credentials of one Broker, as they are kept in its configuration Secret. */
export interface CredentialBook {
  readonly roles: Readonly<Record<BrokerRole, RoleUsers>>;
  /** For `auth.mode: token`. */
  readonly token: { readonly current: string; readonly previous?: string };
  /** RFC 3339. */
  readonly madeAt: string;
  /** Value of the annotation that asked for these. */
  readonly rotation: string;
}

/** When credentials are made anew. */
export interface RotationPolicy {
  readonly rotateAfterMs: number | undefined;
  /** Another value than the book has asks for new credentials now. */
  readonly rotation: string;
  /** How long the previous credentials still work. */
  readonly overlapMs: number;
}

/** What holds of the book now, and when it changes next by itself, in ms; undefined: never. */
export interface BookState {
  readonly book: CredentialBook;
  readonly nextMs: number | undefined;
}

/** The book that is due now, given the one that there is: new, rotated, without what has expired, or the same. */
export function dueBook(known: CredentialBook | undefined, policy: RotationPolicy, nowMs: number): BookState {
  if (known === undefined) return { book: newBook(policy.rotation, nowMs), nextMs: policy.rotateAfterMs };
  const age = nowMs - Date.parse(known.madeAt);
  const { rotateAfterMs, rotation } = policy;
  if (rotation !== known.rotation || (rotateAfterMs !== undefined && age >= rotateAfterMs)) {
    return { book: rotated(known, rotation, nowMs), nextMs: policy.overlapMs };
  }
  if (!hasPrevious(known))
    return { book: known, nextMs: rotateAfterMs === undefined ? undefined : rotateAfterMs - age };
  if (age < policy.overlapMs) return { book: known, nextMs: policy.overlapMs - age };
  return { book: withoutPrevious(known), nextMs: rotateAfterMs === undefined ? undefined : rotateAfterMs - age };
}

/** Reads a book that was written here; undefined for anything else. */
export function parseBook(text: string | undefined): CredentialBook | undefined {
  if (text === undefined) return undefined;
  try {
    const book = JSON.parse(text) as UncheckedBook | null;
    const whole = brokerRoles.every((role) => typeof book?.roles?.[role]?.current?.password === 'string');
    return whole && typeof book?.token?.current === 'string' ? (book as CredentialBook) : undefined;
  } catch {
    return undefined;
  }
}

interface UncheckedBook {
  readonly roles?: Partial<Record<BrokerRole, { readonly current?: Partial<BrokerUser> }>>;
  readonly token?: { readonly current?: unknown };
}

function newBook(rotation: string, nowMs: number): CredentialBook {
  return {
    roles: eachRole((role) => ({ current: newUser(role) })),
    token: { current: newToken() },
    madeAt: new Date(nowMs).toISOString(),
    rotation,
  };
}

function rotated(known: CredentialBook, rotation: string, nowMs: number): CredentialBook {
  const next = newBook(rotation, nowMs);
  const roles = eachRole((role) => ({ ...next.roles[role], previous: known.roles[role].current }));
  return {
    ...next,
    // Nobody but the servers knows it, and servers with different ones would part.
    roles: { ...roles, route: { current: known.roles.route.current } },
    token: { ...next.token, previous: known.token.current },
  };
}

function withoutPrevious(known: CredentialBook): CredentialBook {
  return {
    ...known,
    roles: eachRole((role) => ({ current: known.roles[role].current })),
    token: { current: known.token.current },
  };
}

function hasPrevious(book: CredentialBook): boolean {
  return book.token.previous !== undefined;
}

function eachRole(make: (role: BrokerRole) => RoleUsers): CredentialBook['roles'] {
  return { agent: make('agent'), bridge: make('bridge'), route: make('route'), leaf: make('leaf') };
}

/** Users of nats-server have unique names, so a new password needs a new name while the old one still works. */
function newUser(role: BrokerRole): BrokerUser {
  return { user: `${role}-${randomBytes(4).toString('hex')}`, password: randomBytes(32).toString('hex') };
}

/** As published: a letter first, so that nats-server can never read it as a number. */
function newToken(): string {
  return `t${randomBytes(32).toString('hex')}`;
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 };

/** Milliseconds of "720h" or "1h30m"; undefined when absent or zero. */
export function durationMs(text: string | undefined): number | undefined {
  let sum = 0;
  for (const [, amount, unit = ''] of (text ?? '').matchAll(/(\d+)([hms])/g))
    sum += Number(amount) * (units[unit] ?? 0);
  return sum === 0 ? undefined : sum;
}
