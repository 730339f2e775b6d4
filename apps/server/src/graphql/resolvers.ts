import { ChangeResolver } from './change.resolver.ts';
import { ConnectionResolver } from './records/connection.resolver.ts';
import { EventResolver } from './records/event.resolver.ts';
import { OperationResolver } from './records/operation.resolver.ts';
import { ResourceResolver } from './resource.resolver.ts';

/** Everything that the schema is made from; the operations of published clients are added to it. */
export const resolvers = [ResourceResolver, ChangeResolver, ConnectionResolver, OperationResolver, EventResolver];
