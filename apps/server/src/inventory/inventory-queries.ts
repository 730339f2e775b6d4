import { Inject, Injectable } from '@nestjs/common';
import { ExportResourcesHandler } from './queries/export-resources.handler.ts';
import { GetResourceHandler } from './queries/get-resource.handler.ts';
import { ListResourcesHandler } from './queries/list-resources.handler.ts';
import { SummariseResourcesHandler } from './queries/summarise-resources.handler.ts';

/** The read use cases of the inventory, as both edges (REST, GraphQL) take them. */
@Injectable()
export class InventoryQueries {
  readonly lists: ListResourcesHandler;
  readonly exports: ExportResourcesHandler;
  readonly objects: GetResourceHandler;
  readonly summaries: SummariseResourcesHandler;

  constructor(
    @Inject(ListResourcesHandler) lists: ListResourcesHandler,
    @Inject(ExportResourcesHandler) exports: ExportResourcesHandler,
    @Inject(GetResourceHandler) objects: GetResourceHandler,
    @Inject(SummariseResourcesHandler) summaries: SummariseResourcesHandler,
  ) {
    this.lists = lists;
    this.exports = exports;
    this.objects = objects;
    this.summaries = summaries;
  }
}
