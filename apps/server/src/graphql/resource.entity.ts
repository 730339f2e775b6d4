import { publishedId, sliceMembers } from '@meshery/contracts';
import { modelOf } from '@meshery/store';
import type { ObjectHead } from '@meshery/store';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

/** A label or an annotation. */
@ObjectType('KeyValue')
export class KeyValueEntity {
  @Field(() => String)
  readonly key!: string;

  @Field(() => String)
  readonly value!: string;
}

/** Fields that can only be answered from the stored text. */
export const textFields: ReadonlySet<string> = new Set(['labels', 'annotations', 'spec', 'status', 'json']);

/** One discovered object; parts of its text are cut out when they are asked for. */
@ObjectType('Resource', { description: 'One discovered object.' })
export class ResourceEntity {
  readonly #head: ObjectHead;
  readonly #json: string | undefined;

  constructor(head: ObjectHead, json: string | undefined) {
    this.#head = head;
    this.#json = json;
  }

  @Field(() => ID, { description: 'base64 of "clusterID.kind.apiVersion.namespace.name".' })
  get id(): string {
    return publishedId(this.#head);
  }

  @Field(() => String)
  get apiVersion(): string {
    return this.#head.apiVersion;
  }

  @Field(() => String)
  get kind(): string {
    return this.#head.kind;
  }

  @Field(() => String)
  get model(): string {
    return modelOf(this.#head.apiVersion);
  }

  @Field(() => ID)
  get clusterId(): string {
    return this.#head.clusterId;
  }

  @Field(() => String)
  get name(): string {
    return this.#head.name;
  }

  @Field(() => String, { nullable: true })
  get namespace(): string | undefined {
    return this.#head.namespace === '' ? undefined : this.#head.namespace;
  }

  @Field(() => String)
  get uid(): string {
    return this.#head.uid;
  }

  @Field(() => String)
  get resourceVersion(): string {
    return this.#head.resourceVersion;
  }

  @Field(() => String, { nullable: true })
  get creationTimestamp(): string | undefined {
    return this.#head.creationTimestamp === '' ? undefined : this.#head.creationTimestamp;
  }

  @Field(() => String, {
    nullable: true,
    description: 'As of when it is, RFC 3339, while nobody keeps it up to date; absent in changes.',
  })
  get staleSince(): string | undefined {
    return this.#head.staleSince;
  }

  @Field(() => [KeyValueEntity])
  get labels(): KeyValueEntity[] {
    return this.#keyValues('labels');
  }

  @Field(() => [KeyValueEntity])
  get annotations(): KeyValueEntity[] {
    return this.#keyValues('annotations');
  }

  @Field(() => String, { nullable: true, description: 'The spec as JSON text, digit for digit.' })
  get spec(): string | undefined {
    return this.#member('spec');
  }

  @Field(() => String, { nullable: true, description: 'The status as JSON text, digit for digit.' })
  get status(): string | undefined {
    return this.#member('status');
  }

  @Field(() => String, { description: 'The whole object as JSON text, digit for digit.' })
  get json(): string {
    return this.#json ?? '{}';
  }

  #member(name: string): string | undefined {
    return this.#json === undefined ? undefined : sliceMembers(this.#json).get(name);
  }

  #keyValues(name: 'labels' | 'annotations'): KeyValueEntity[] {
    const slice = sliceMembers(this.#member('metadata') ?? '{}').get(name);
    if (slice === undefined || !slice.startsWith('{')) return [];
    const pairs = [...sliceMembers(slice)].filter(([, value]) => value.startsWith('"'));
    return pairs.map(([key, value]) => ({ key, value: JSON.parse(value) as string }));
  }
}

/** A page of objects. */
@ObjectType('ResourcePage')
export class ResourcePageEntity {
  @Field(() => [ResourceEntity])
  readonly resources!: readonly ResourceEntity[];

  @Field(() => Int)
  readonly totalCount!: number;

  @Field(() => String, { nullable: true, description: 'Position after the last row, for "after".' })
  readonly next?: string | undefined;

  @Field(() => String, { description: 'The change sequence that this page reflects, for "since".' })
  readonly seq!: string;
}

/** One committed change. */
@ObjectType('ResourceChange')
export class ResourceChangeEntity {
  @Field(() => String, { description: 'upsert, delete, or reset: read everything anew.' })
  readonly type!: 'upsert' | 'delete' | 'reset';

  @Field(() => String, { description: 'The change sequence after it.' })
  readonly seq!: string;

  @Field(() => ResourceEntity, {
    nullable: true,
    description: 'Absent for a reset; a deleted object has its name only.',
  })
  readonly resource?: ResourceEntity | undefined;
}
