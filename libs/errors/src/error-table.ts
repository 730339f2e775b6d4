/** gRPC status names as in google.rpc.Code. */
export type GrpcStatusName =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'FAILED_PRECONDITION'
  | 'RESOURCE_EXHAUSTED'
  | 'UNAVAILABLE'
  | 'DEADLINE_EXCEEDED'
  | 'CANCELLED'
  | 'UNIMPLEMENTED'
  | 'INTERNAL';

/** `extensions.code` of a GraphQL error. */
export type GraphqlErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'TOO_MANY_REQUESTS'
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  | 'NOT_IMPLEMENTED'
  | 'INTERNAL_SERVER_ERROR';

/** What one error code means on each transport. */
export interface ErrorMapping {
  /** HTTP status. */
  readonly http: number;
  readonly grpc: GrpcStatusName;
  readonly graphql: GraphqlErrorCode;
  /** Exit status of a command that ends with this error; sysexits where one fits. */
  readonly exit: number;
}

const badInput: ErrorMapping = { http: 400, grpc: 'INVALID_ARGUMENT', graphql: 'BAD_USER_INPUT', exit: 64 };
const unauthenticated: ErrorMapping = { http: 401, grpc: 'UNAUTHENTICATED', graphql: 'UNAUTHENTICATED', exit: 77 };
const forbidden: ErrorMapping = { http: 403, grpc: 'PERMISSION_DENIED', graphql: 'FORBIDDEN', exit: 77 };
const notFound: ErrorMapping = { http: 404, grpc: 'NOT_FOUND', graphql: 'NOT_FOUND', exit: 66 };
const conflict: ErrorMapping = { http: 409, grpc: 'FAILED_PRECONDITION', graphql: 'CONFLICT', exit: 65 };
const tooLarge: ErrorMapping = { http: 413, grpc: 'RESOURCE_EXHAUSTED', graphql: 'BAD_USER_INPUT', exit: 65 };
const limited: ErrorMapping = { http: 429, grpc: 'RESOURCE_EXHAUSTED', graphql: 'TOO_MANY_REQUESTS', exit: 75 };
const unavailable: ErrorMapping = { http: 503, grpc: 'UNAVAILABLE', graphql: 'UNAVAILABLE', exit: 69 };
/** As published clients expect it of a server behind this one. */
const badGateway: ErrorMapping = { ...unavailable, http: 502 };
/** As published clients expect it of a test. */
const failedTest: ErrorMapping = { ...unavailable, http: 500 };
const timeout: ErrorMapping = { http: 504, grpc: 'DEADLINE_EXCEEDED', graphql: 'TIMEOUT', exit: 75 };
const configuration: ErrorMapping = {
  http: 500,
  grpc: 'FAILED_PRECONDITION',
  graphql: 'INTERNAL_SERVER_ERROR',
  exit: 78,
};
const unimplemented: ErrorMapping = { http: 501, grpc: 'UNIMPLEMENTED', graphql: 'NOT_IMPLEMENTED', exit: 69 };
const internal: ErrorMapping = { http: 500, grpc: 'INTERNAL', graphql: 'INTERNAL_SERVER_ERROR', exit: 70 };
const storage: ErrorMapping = { http: 507, grpc: 'UNAVAILABLE', graphql: 'UNAVAILABLE', exit: 74 };

/**
 * Every error code of the product with its meaning on each transport.
 * A code is `meshery-<area>-<number>`; numbers are never reused. Adding a code without a row does not compile.
 */
export const errorTable = {
  // 1000: general
  'meshery-core-1000': internal, // unexpected
  'meshery-core-1001': badInput, // invalid request
  'meshery-core-1002': notFound, // no such route or object
  'meshery-core-1003': timeout, // deadline exceeded
  'meshery-core-1004': unavailable, // shutting down
  'meshery-core-1005': limited, // too many requests
  'meshery-core-1006': tooLarge, // payload too large
  'meshery-core-1007': conflict, // conflicting state
  'meshery-core-1008': unavailable, // not ready
  'meshery-core-1009': unimplemented, // not implemented yet
  'meshery-core-1010': limited, // a stream's client reads too slowly
  'meshery-core-1011': { ...badInput, http: 421 }, // Host header does not name this server
  // 1100: configuration and start
  'meshery-config-1100': configuration, // invalid environment or flag
  'meshery-config-1101': configuration, // port in use
  'meshery-config-1102': configuration, // data folder not writable
  'meshery-config-1103': configuration, // host needs TLS
  // 1200: identity
  'meshery-auth-1200': unauthenticated, // no identity
  'meshery-auth-1201': unauthenticated, // token invalid or expired
  'meshery-auth-1202': forbidden, // not allowed
  'meshery-auth-1203': unauthenticated, // sign-in code wrong, used or expired
  'meshery-auth-1204': forbidden, // loopback token exchange refused
  'meshery-auth-1205': forbidden, // origin refused
  // 1300: kubernetes access
  'meshery-kube-1300': badInput, // kubeconfig unreadable
  'meshery-kube-1301': badInput, // kubeconfig malformed
  'meshery-kube-1302': badInput, // unknown context
  'meshery-kube-1303': unavailable, // API server unreachable
  'meshery-kube-1304': unauthenticated, // credential rejected or certificate expired
  'meshery-kube-1305': forbidden, // exec plugin or file reference not allowed
  'meshery-kube-1306': unavailable, // cluster id unreadable
  'meshery-kube-1307': internal, // malformed answer of the API server
  'meshery-kube-1308': forbidden, // request forbidden by RBAC
  'meshery-kube-1309': unavailable, // certificate of the API server not trusted
  'meshery-kube-1310': conflict, // object changed or exists meanwhile
  'meshery-kube-1311': badInput, // object rejected by the API server
  'meshery-kube-1312': unavailable, // API server cannot answer now
  'meshery-kube-1313': notFound, // object or kind is not there
  'meshery-kube-1314': unavailable, // stream to a pod refused or cut
  'meshery-kube-1315': conflict, // this process does not lead any more
  'meshery-kube-1321': forbidden, // credential of the connection may not impersonate users
  // 1400: discovery
  'meshery-discovery-1400': badInput, // malformed watch list
  'meshery-discovery-1401': conflict, // superseded by a newer run
  'meshery-discovery-1402': tooLarge, // object too large or too deep
  'meshery-discovery-1403': conflict, // lead lost to another agent
  // 1500: messaging
  'meshery-messaging-1500': unavailable, // broker or server unreachable
  'meshery-messaging-1501': unavailable, // publish not acknowledged
  'meshery-messaging-1502': tooLarge, // message over the limit
  'meshery-messaging-1503': badInput, // message malformed
  'meshery-messaging-1504': timeout, // request unanswered
  'meshery-messaging-1505': forbidden, // cluster id not bound to this connection
  'meshery-messaging-1506': unauthenticated, // credentials of broker or server refused or unreadable
  'meshery-messaging-1507': unavailable, // TLS connection to broker or server not trusted
  'meshery-messaging-1508': unavailable, // Secret of a broker not there
  'meshery-messaging-1509': unavailable, // no way to a broker
  'meshery-messaging-1510': conflict, // agent or bridge too old for the server
  // 1600: store
  'meshery-store-1600': storage, // write failed: disk full or read-only
  'meshery-store-1601': configuration, // store from a newer version
  'meshery-store-1602': unavailable, // writer busy or restarting
  'meshery-store-1603': internal, // store corrupt
  'meshery-store-1604': configuration, // data folder in use by another process
  'meshery-store-1605': unavailable, // database unreachable
  // 1800: operations
  'meshery-operations-1800': unavailable, // its process ended before the operation did
  'meshery-operations-1801': conflict, // cancelled
  // 1700: connections
  'meshery-connection-1700': conflict, // change of status that the life of the kind does not allow
  'meshery-connection-1701': badInput, // unknown kind of connection
  'meshery-connection-1702': failedTest, // ad hoc test failed
  'meshery-connection-1703': configuration, // stored secret cannot be opened
  'meshery-connection-1704': badInput, // address that may not be called
  'meshery-connection-1705': unavailable, // far side unreachable, or refuses, or is something else
  'meshery-connection-1709': badInput, // kind without a synthetic check
  // 1710 to 1719: the hop at which an ad hoc test or a synthetic check ends
  'meshery-connection-1710': failedTest, // name of a broker without an address
  'meshery-connection-1711': failedTest, // broker accepts no connection
  'meshery-connection-1712': failedTest, // TLS connection to a broker not trusted
  'meshery-connection-1713': failedTest, // broker refuses the credential
  'meshery-connection-1714': failedTest, // broker does not answer as NATS does
  'meshery-connection-1715': failedTest, // API server of a cluster does not answer
  'meshery-connection-1716': failedTest, // operator does not answer
  'meshery-connection-1717': failedTest, // MeshSync does not answer
  'meshery-connection-1718': failedTest, // no broker with an endpoint
  'meshery-connection-1719': failedTest, // change in a cluster did not reach the store
  'meshery-store-1606': conflict, // cache is being emptied or rebuilt already
  // 2000: providers
  'meshery-provider-2000': notFound, // the provider does not offer this
  'meshery-provider-2001': unavailable, // the provider cannot be asked now
  'meshery-store-1607': badInput, // not a whole backup of user data
  'meshery-store-1608': conflict, // user data are there already
  'meshery-connection-1706': forbidden, // rights that the deployment of the operator needs are missing
  'meshery-connection-1707': conflict, // an operator that somebody else installed
  'meshery-connection-1708': unavailable, // objects of the operator do not become ready, or do not go
  'meshery-auth-1206': forbidden, // the issuer vouches for somebody who has no role here
  'meshery-auth-1207': unauthenticated, // the issuer's answer is not valid
  'meshery-auth-1208': unavailable, // the issuer cannot be asked now
  'meshery-connection-1725': unavailable, // the key management service cannot be asked now
  // 2100: registry
  'meshery-registry-2100': unavailable, // OpenAPI documents of a cluster cannot be used
  'meshery-registry-2101': tooLarge, // a source brings more than the registry takes
  'meshery-registry-2102': conflict, // a kind of connection that is registered already
  'meshery-registry-2103': conflict, // a kind of connection that is the server's own
  'meshery-registry-2104': conflict, // a kind of connection, or a status of it, that connections have
  // 2200: telemetry
  'meshery-telemetry-2200': badGateway, // a server of metrics cannot be asked
  'meshery-provider-2002': configuration, // secrets do not go to a provider without TLS
  'meshery-core-1017': { ...badInput, http: 405 }, // path without that method
} as const satisfies Record<string, ErrorMapping>;

/** A stable error code. */
export type ErrorCode = keyof typeof errorTable;
