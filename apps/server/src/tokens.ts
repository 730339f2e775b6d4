/** Injection tokens of the server. */

/** The server's `ServerConfig`. */
export const CONFIG = Symbol('meshery.server.Config');
/** The server's version facts, `BuildInfo`. */
export const BUILD_INFO = Symbol('meshery.server.BuildInfo');
/** The `InventoryStore`. */
export const INVENTORY_STORE = Symbol('meshery.server.InventoryStore');
/** The `UserStore`: what users of the Local provider made. */
export const USER_STORE = Symbol('meshery.server.UserStore');
/** The `TokenAuthority` of the Local provider. */
export const TOKEN_AUTHORITY = Symbol('meshery.server.TokenAuthority');
/** The `SignInCodes`. */
export const SIGN_IN_CODES = Symbol('meshery.server.SignInCodes');
/** The `FirstOwner`. */
export const FIRST_OWNER = Symbol('meshery.server.FirstOwner');
/** The `Clock`. */
export const CLOCK = Symbol('meshery.server.Clock');
/** The `Broker` that events are published to. */
export const EVENT_BROKER = Symbol('meshery.server.EventBroker');
/** The `RecentLines` of the log. */
export const RECENT_LINES = Symbol('meshery.server.RecentLines');
/** The `OidcSettings`, or undefined. */
export const OIDC_SETTINGS = Symbol('meshery.server.OidcSettings');
