import { Module } from '@nestjs/common';
import { AdaptersModule } from '../adapters/adapters.module.ts';
import { InventoryModule } from '../inventory/inventory.module.ts';
import { DatabaseTables } from './database-tables.ts';
import { DatabaseController } from './database.controller.ts';
import { LogFilesController } from './log-files.controller.ts';
import { LogFiles } from './log-files.ts';
import { ResetDatabaseHandler } from './reset-database.handler.ts';
import { SyncController } from './sync.controller.ts';

/** Databases, log files and the first question of clients. */
@Module({
  imports: [InventoryModule, AdaptersModule],
  controllers: [DatabaseController, LogFilesController, SyncController],
  providers: [DatabaseTables, LogFiles, ResetDatabaseHandler],
  exports: [ResetDatabaseHandler],
})
export class SystemModule {}
