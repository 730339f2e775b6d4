/** Injection tokens that the bootstrap provides to every module of a service. */

/** The `Logger` of a module of the service; that of the service itself in modules that have none. */
export const LOGGER = Symbol('meshery.Logger');
/** The service's own `Logger`, what modules' loggers are children of. */
export const ROOT_LOGGER = Symbol('meshery.RootLogger');
/** The service's prom-client `Registry`. */
export const METRICS = Symbol('meshery.Metrics');
/** The service's `ReadinessRegistry`. */
export const READINESS = Symbol('meshery.Readiness');
/** The service's `Tracing`. */
export const TRACING = Symbol('meshery.Tracing');
/** An `AbortSignal` that aborts when draining begins. */
export const SHUTDOWN_SIGNAL = Symbol('meshery.ShutdownSignal');
