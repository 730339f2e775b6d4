import { Module } from '@nestjs/common';
import { workspaceLinksController } from './workspace-links.controller.ts';
import { WorkspacesController } from './workspaces.controller.ts';

const links = [
  workspaceLinksController({
    name: 'environments',
    records: ({ environments }) => environments,
    links: ({ workspaceEnvironments }) => workspaceEnvironments,
  }),
  workspaceLinksController({
    name: 'designs',
    records: ({ designs }) => designs,
    links: ({ workspaceDesigns }) => workspaceDesigns,
  }),
  workspaceLinksController({
    name: 'views',
    records: ({ views }) => views,
    links: ({ workspaceViews }) => workspaceViews,
  }),
  workspaceLinksController({
    name: 'teams',
    records: ({ teams }) => teams,
    links: ({ workspaceTeams }) => workspaceTeams,
  }),
];

/** Workspaces over REST, with what they hold. */
@Module({ controllers: [WorkspacesController, ...links] })
export class WorkspacesModule {}
