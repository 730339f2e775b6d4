import { Module } from '@nestjs/common';
import { WorkspaceEnvironmentsController } from './workspace-environments.controller.ts';
import { WorkspacesController } from './workspaces.controller.ts';

/** Workspaces over REST. */
@Module({ controllers: [WorkspacesController, WorkspaceEnvironmentsController] })
export class WorkspacesModule {}
