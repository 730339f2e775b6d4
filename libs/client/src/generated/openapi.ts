/** Written by "npm run generate" from docs/reference/openapi.json; do not edit. */
export interface paths {
    "/api/auth/keychains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List keychains
         * @description Needs the role "viewer".
         */
        get: operations["getAuthKeychains"];
        put?: never;
        /**
         * Make a keychain
         * @description Needs the role "admin".
         */
        post: operations["postAuthKeychains"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/keychains/{keychainId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a keychain
         * @description Needs the role "viewer".
         */
        get: operations["getAuthKeychainsByKeychainId"];
        /**
         * Change a keychain
         * @description Needs the role "admin".
         */
        put: operations["putAuthKeychainsByKeychainId"];
        post?: never;
        /**
         * Remove a keychain
         * @description Needs the role "admin".
         */
        delete: operations["deleteAuthKeychainsByKeychainId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/keychains/{keychainId}/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a key to a keychain
         * @description Needs the role "admin".
         */
        post: operations["postAuthKeychainsByKeychainIdByKeyId"];
        /**
         * Remove a key from a keychain
         * @description Needs the role "admin".
         */
        delete: operations["deleteAuthKeychainsByKeychainIdByKeyId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/keychains/{keychainId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keys of a keychain
         * @description Needs the role "viewer".
         */
        get: operations["getAuthKeychainsByKeychainIdKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List permission keys
         * @description Needs the role "viewer".
         */
        get: operations["getAuthKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/content/design/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postContentDesignShare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/content/filter/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postContentFilterShare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/content/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List views
         * @description Needs the role "viewer".
         */
        get: operations["getContentViews"];
        put?: never;
        /**
         * Make a view
         * @description Needs the role "editor".
         */
        post: operations["postContentViews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/content/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a view
         * @description Needs the role "viewer".
         */
        get: operations["getContentViewsById"];
        /**
         * Change a view
         * @description Needs the role "editor".
         */
        put: operations["putContentViewsById"];
        post?: never;
        /**
         * Remove a view
         * @description Needs the role "editor".
         */
        delete: operations["deleteContentViewsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List environments
         * @description Needs the role "viewer".
         */
        get: operations["getEnvironments"];
        put?: never;
        /**
         * Make an environment
         * @description Needs the role "editor".
         */
        post: operations["postEnvironments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/environments/{environmentId}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections of an environment
         * @description Needs the role "viewer".
         */
        get: operations["getEnvironmentsByEnvironmentIdConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/environments/{environmentId}/connections/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a connection to an environment
         * @description Needs the role "editor".
         */
        post: operations["postEnvironmentsByEnvironmentIdConnectionsByConnectionId"];
        /**
         * Take a connection out of an environment
         * @description Needs the role "editor".
         */
        delete: operations["deleteEnvironmentsByEnvironmentIdConnectionsByConnectionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/environments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an environment
         * @description Needs the role "viewer".
         */
        get: operations["getEnvironmentsById"];
        /**
         * Change an environment
         * @description Needs the role "editor".
         */
        put: operations["putEnvironmentsById"];
        post?: never;
        /**
         * Remove an environment
         * @description Needs the role "editor".
         */
        delete: operations["deleteEnvironmentsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow events, as older command lines do
         * @description Needs the role "viewer".
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/explorer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the page on which this API is read and tried
         * @description Needs the role "viewer".
         */
        get: operations["getExplorer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/extension/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the version of the package of the provider
         * @description Needs the role "viewer".
         */
        get: operations["getExtensionVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/extensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask the provider
         * @description Needs the role "viewer".
         */
        get: operations["getExtensions"];
        /**
         * Ask the provider
         * @description Needs the role "editor".
         */
        put: operations["putExtensions"];
        /**
         * Ask the provider
         * @description Needs the role "editor".
         */
        post: operations["postExtensions"];
        /**
         * Ask the provider
         * @description Needs the role "editor".
         */
        delete: operations["deleteExtensions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/extensions/{rest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask the provider
         * @description Needs the role "viewer".
         */
        get: operations["getExtensionsByRest"];
        /**
         * Ask the provider
         * @description Needs the role "editor".
         */
        put: operations["putExtensionsByRest"];
        /**
         * Ask the provider
         * @description Needs the role "editor".
         */
        post: operations["postExtensionsByRest"];
        /**
         * Ask the provider
         * @description Needs the role "editor".
         */
        delete: operations["deleteExtensionsByRest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getFilter"];
        put?: never;
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postFilter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getFilterById"];
        put?: never;
        post?: never;
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        delete: operations["deleteFilterById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getFilterCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter/catalog/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postFilterCatalogPublish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter/catalog/unpublish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        delete: operations["deleteFilterCatalogUnpublish"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter/clone/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postFilterCloneById"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postFilterDeploy"];
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        delete: operations["deleteFilterDeploy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter/download/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Filters cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getFilterDownloadById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List organizations
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityOrgs"];
        put?: never;
        /**
         * Make an organization
         * @description Needs the role "admin".
         */
        post: operations["postIdentityOrgs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/orgs/{orgID}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an organization
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityOrgsByOrgID"];
        /**
         * Change an organization
         * @description Needs the role "admin".
         */
        put: operations["putIdentityOrgsByOrgID"];
        post?: never;
        /**
         * Remove an organization that is empty
         * @description Needs the role "admin".
         */
        delete: operations["deleteIdentityOrgsByOrgID"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/orgs/{orgID}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles of an organization
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityOrgsByOrgIDRoles"];
        put?: never;
        /**
         * Make a role
         * @description Needs the role "admin".
         */
        post: operations["postIdentityOrgsByOrgIDRoles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/orgs/{orgID}/roles/{roleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a role that nobody has
         * @description Needs the role "admin".
         */
        delete: operations["deleteIdentityOrgsByOrgIDRolesByRoleId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/orgs/{orgID}/roles/{roleId}/keychains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keychains of a role
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityOrgsByOrgIDRolesByRoleIdKeychains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/orgs/{orgID}/roles/{roleId}/keychains/{keychainId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign a keychain to a role
         * @description Needs the role "admin".
         */
        post: operations["postIdentityOrgsByOrgIDRolesByRoleIdKeychainsByKeychainId"];
        /**
         * Unassign a keychain from a role
         * @description Needs the role "admin".
         */
        delete: operations["deleteIdentityOrgsByOrgIDRolesByRoleIdKeychainsByKeychainId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/orgs/{orgID}/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a user into an organization
         * @description Needs the role "admin".
         */
        post: operations["postIdentityOrgsByOrgIDUsersByUserId"];
        /**
         * Take a user out of an organization
         * @description Needs the role "admin".
         */
        delete: operations["deleteIdentityOrgsByOrgIDUsersByUserId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/orgs/{orgID}/users/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what whoever is signed in may do in an organization
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityOrgsByOrgIDUsersKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List teams
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityTeams"];
        put?: never;
        /**
         * Make a team
         * @description Needs the role "admin".
         */
        post: operations["postIdentityTeams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a team
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityTeamsById"];
        /**
         * Change a team
         * @description Needs the role "admin".
         */
        put: operations["putIdentityTeamsById"];
        post?: never;
        /**
         * Remove a team
         * @description Needs the role "admin".
         */
        delete: operations["deleteIdentityTeamsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/teams/{id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of a team
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityTeamsByIdUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/teams/{id}/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a user to a team
         * @description Needs the role "admin".
         */
        post: operations["postIdentityTeamsByIdUsersByUserId"];
        /**
         * Take a user out of a team
         * @description Needs the role "admin".
         */
        delete: operations["deleteIdentityTeamsByIdUsersByUserId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tokens of programs
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityTokens"];
        put?: never;
        /**
         * Issue a token for a program
         * @description Needs the role "viewer".
         */
        post: operations["postIdentityTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke the token of a program
         * @description Needs the role "viewer".
         */
        delete: operations["deleteIdentityTokensById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityUsers"];
        put?: never;
        /**
         * Make a user
         * @description Needs the role "admin".
         */
        post: operations["postIdentityUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a user
         * @description Needs the role "admin".
         */
        put: operations["putIdentityUsersById"];
        post?: never;
        /**
         * Remove a user
         * @description Needs the role "admin".
         */
        delete: operations["deleteIdentityUsersById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/users/{id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a user with a link that signs in once
         * @description Needs the role "admin".
         */
        post: operations["postIdentityUsersByIdCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/users/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whoever is signed in, under a newer path
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityUsersProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/users/profile/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a user, under a newer path
         * @description Needs the role "viewer".
         */
        get: operations["getIdentityUsersProfileById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List connections
         * @description Needs the role "viewer".
         */
        get: operations["getIntegrationsConnections"];
        put?: never;
        /**
         * Make a connection
         * @description Needs the role "editor".
         */
        post: operations["postIntegrationsConnections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a connection
         * @description Needs the role "viewer".
         */
        get: operations["getIntegrationsConnectionsByConnectionId"];
        /**
         * Change a connection
         * @description Needs the role "editor".
         */
        put: operations["putIntegrationsConnectionsByConnectionId"];
        post?: never;
        /**
         * Remove a connection
         * @description Needs the role "editor".
         */
        delete: operations["deleteIntegrationsConnectionsByConnectionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/{connectionId}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose how a cluster is discovered
         * @description Needs the role "editor".
         */
        post: operations["postIntegrationsConnectionsByConnectionIdActions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/{connectionId}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use the far side as its clients do
         * @description Needs the role "editor".
         */
        post: operations["postIntegrationsConnectionsByConnectionIdCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/{connectionId}/controllers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the states of the controllers of a cluster
         * @description Needs the role "viewer".
         */
        get: operations["getIntegrationsConnectionsByConnectionIdControllers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/{connectionId}/controllers/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the settings of the controllers of a cluster
         * @description Needs the role "viewer".
         */
        get: operations["getIntegrationsConnectionsByConnectionIdControllersConfig"];
        /**
         * Change the settings of the controllers of a cluster
         * @description Needs the role "editor".
         */
        put: operations["putIntegrationsConnectionsByConnectionIdControllersConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/{connectionId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what happened to a connection
         * @description Needs the role "viewer".
         */
        get: operations["getIntegrationsConnectionsByConnectionIdHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/{connectionId}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reach the far side once
         * @description Needs the role "editor".
         */
        post: operations["postIntegrationsConnectionsByConnectionIdPing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a step of a registration
         * @description Needs the role "editor".
         */
        post: operations["postIntegrationsConnectionsRegister"];
        /**
         * Give a registration up
         * @description Needs the role "editor".
         */
        delete: operations["deleteIntegrationsConnectionsRegister"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/connections/register/{registrationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Give a registration up, by its id
         * @description Needs the role "editor".
         */
        delete: operations["deleteIntegrationsConnectionsRegisterByRegistrationId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List credentials
         * @description Needs the role "viewer".
         */
        get: operations["getIntegrationsCredentials"];
        /**
         * Change a credential
         * @description Needs the role "editor".
         */
        put: operations["putIntegrationsCredentials"];
        /**
         * Make a credential
         * @description Needs the role "editor".
         */
        post: operations["postIntegrationsCredentials"];
        /**
         * Remove a credential
         * @description Needs the role "editor".
         */
        delete: operations["deleteIntegrationsCredentials"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/credentials/{credentialId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a credential
         * @description Needs the role "viewer".
         */
        get: operations["getIntegrationsCredentialsByCredentialId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mesh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the kinds of service meshes
         * @description Needs the role "viewer".
         */
        get: operations["getMesh"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodel/components/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelComponentsRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/{entityType}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelsByEntityTypeStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the categories of models
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/categories/{category}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the category of a name
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsCategoriesByCategory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/categories/{category}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a category
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsCategoriesByCategoryComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/categories/{category}/components/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a category that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsCategoriesByCategoryComponentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/categories/{category}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models of a category
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsCategoriesByCategoryModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/categories/{category}/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models of a category that have a name
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsCategoriesByCategoryModelsByModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/categories/{category}/models/{model}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a model of a category
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsCategoriesByCategoryModelsByModelComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/categories/{category}/models/{model}/components/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a model of a category that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsCategoriesByCategoryModelsByModelComponentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List components
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsComponents"];
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelsComponents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/components/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsComponentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List kinds of connections
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsConnections"];
        put?: never;
        /**
         * Register a kind of connection
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelsConnections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/connections/{connectionDefinitionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a kind of connection
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsConnectionsByConnectionDefinitionId"];
        /**
         * Change a kind of connection
         * @description Needs the role "editor".
         */
        put: operations["putMeshmodelsConnectionsByConnectionDefinitionId"];
        post?: never;
        /**
         * Remove a kind of connection
         * @description Needs the role "editor".
         */
        delete: operations["deleteMeshmodelsConnectionsByConnectionDefinitionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelsGenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models of a name
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModelsByModel"];
        put?: never;
        post?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        delete: operations["deleteMeshmodelsModelsByModel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models/{model}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a model
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModelsByModelComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models/{model}/components/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a model that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModelsByModelComponentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models/{model}/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the policies of a model
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModelsByModelPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models/{model}/policies/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the policies of a model that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModelsByModelPoliciesByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models/{model}/policies{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the policies of a model that are of a kind, as older clients ask
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModelsByModelPoliciesbyName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models/{model}/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the relationships of a model
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModelsByModelRelationships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/models/{model}/relationships/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the relationships of a model that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsModelsByModelRelationshipsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelsRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/registrants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who brought definitions in, and how many
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsRegistrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List relationships
         * @description Needs the role "viewer".
         */
        get: operations["getMeshmodelsRelationships"];
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelsRelationships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/relationships/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelsRelationshipsEvaluate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meshmodels/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postMeshmodelsValidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read this document
         * @description Needs the role "viewer".
         */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPattern"];
        put?: never;
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postPattern"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPatternById"];
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        put: operations["putPatternById"];
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postPatternById"];
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        delete: operations["deletePatternById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPatternCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/catalog/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postPatternCatalogPublish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/catalog/unpublish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        delete: operations["deletePatternCatalogUnpublish"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/clone/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postPatternCloneById"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postPatternDeploy"];
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        delete: operations["deletePatternDeploy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/download/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPatternDownloadById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/download/{id}/{sourcetype}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPatternDownloadByIdBySourcetype"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postPatternImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pattern/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPatternTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patterns/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Designs cannot be kept, shared or deployed yet.
         * @description Needs the role "editor".
         */
        post: operations["postPatternsDelete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/perf/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPerfProfile"];
        put?: never;
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "editor".
         */
        post: operations["postPerfProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/perf/profile/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPerfProfileResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/perf/profile/result/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPerfProfileResultById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/performance/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPerformanceProfiles"];
        put?: never;
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "editor".
         */
        post: operations["postPerformanceProfiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/performance/profiles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPerformanceProfilesById"];
        put?: never;
        post?: never;
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "editor".
         */
        delete: operations["deletePerformanceProfilesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/performance/profiles/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPerformanceProfilesByIdResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/performance/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getPerformanceResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Choose a provider
         * @description Open: choice of the provider before sign-in.
         */
        get: operations["getProvider"];
        put?: never;
        /**
         * Choose a provider, from a form
         * @description Open: choice of the provider before sign-in.
         */
        post: operations["postProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/provider/capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what the provider offers
         * @description Needs the role "viewer".
         */
        get: operations["getProviderCapabilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/provider/extension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Use a part of the package of the provider
         * @description Needs the role "viewer".
         */
        get: operations["getProviderExtension"];
        /**
         * Use a part of the package of the provider
         * @description Needs the role "editor".
         */
        put: operations["putProviderExtension"];
        /**
         * Use a part of the provider; all but a GraphQL query needs the role "editor"
         * @description Needs the role "viewer".
         */
        post: operations["postProviderExtension"];
        /**
         * Use a part of the package of the provider
         * @description Needs the role "editor".
         */
        delete: operations["deleteProviderExtension"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/provider/extension/{rest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Use a part of the package of the provider
         * @description Needs the role "viewer".
         */
        get: operations["getProviderExtensionByRest"];
        /**
         * Use a part of the package of the provider
         * @description Needs the role "editor".
         */
        put: operations["putProviderExtensionByRest"];
        /**
         * Use a part of the provider; all but a GraphQL query needs the role "editor"
         * @description Needs the role "viewer".
         */
        post: operations["postProviderExtensionByRest"];
        /**
         * Use a part of the package of the provider
         * @description Needs the role "editor".
         */
        delete: operations["deleteProviderExtensionByRest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/provider/extension/install": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Install the package of the provider
         * @description Needs the role "admin".
         */
        post: operations["postProviderExtensionInstall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/provider/extension/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove the package of the provider
         * @description Needs the role "admin".
         */
        post: operations["postProviderExtensionRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List providers
         * @description Open: published clients choose a provider before sign-in.
         */
        get: operations["getProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/providers/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the states of providers
         * @description Open: state of the providers before sign-in.
         */
        get: operations["getProvidersStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/{entityType}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postRegistryByEntityTypeStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the categories of models
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/categories/{category}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the category of a name
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryCategoriesByCategory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/categories/{category}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a category
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryCategoriesByCategoryComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/categories/{category}/components/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a category that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryCategoriesByCategoryComponentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/categories/{category}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models of a category
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryCategoriesByCategoryModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/categories/{category}/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models of a category that have a name
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryCategoriesByCategoryModelsByModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/categories/{category}/models/{model}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a model of a category
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryCategoriesByCategoryModelsByModelComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/categories/{category}/models/{model}/components/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a model of a category that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryCategoriesByCategoryModelsByModelComponentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List components
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryComponents"];
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postRegistryComponents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/components/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryComponentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List kinds of connections
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryConnections"];
        put?: never;
        /**
         * Register a kind of connection
         * @description Needs the role "editor".
         */
        post: operations["postRegistryConnections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/connections/{connectionDefinitionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a kind of connection
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryConnectionsByConnectionDefinitionId"];
        /**
         * Change a kind of connection
         * @description Needs the role "editor".
         */
        put: operations["putRegistryConnectionsByConnectionDefinitionId"];
        post?: never;
        /**
         * Remove a kind of connection
         * @description Needs the role "editor".
         */
        delete: operations["deleteRegistryConnectionsByConnectionDefinitionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postRegistryGenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models of a name
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryModelsByModel"];
        put?: never;
        post?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        delete: operations["deleteRegistryModelsByModel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/models/{model}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a model
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryModelsByModelComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/models/{model}/components/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the components of a model that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryModelsByModelComponentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/models/{model}/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the policies of a model
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryModelsByModelPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/models/{model}/policies/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the policies of a model that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryModelsByModelPoliciesByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/models/{model}/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the relationships of a model
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryModelsByModelRelationships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/models/{model}/relationships/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the relationships of a model that are of a kind
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryModelsByModelRelationshipsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postRegistryRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/registrants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who brought definitions in, and how many
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryRegistrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List relationships
         * @description Needs the role "viewer".
         */
        get: operations["getRegistryRelationships"];
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postRegistryRelationships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/relationships/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postRegistryRelationshipsEvaluate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registry/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Models and what is in them cannot be changed, exported or evaluated by clients yet.
         * @description Needs the role "editor".
         */
        post: operations["postRegistryValidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schema/resource/{resourceName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a form of the dashboard
         * @description Needs the role "viewer".
         */
        get: operations["getSchemaResourceByResourceName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/smi/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getSmiResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/smi/results/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getSmiResultsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/adapter/manage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect an adapter
         * @description Needs the role "editor".
         */
        post: operations["postSystemAdapterManage"];
        /**
         * Disconnect an adapter
         * @description Needs the role "editor".
         */
        delete: operations["deleteSystemAdapterManage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/adapter/operation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have an adapter do something to the connected clusters
         * @description Needs the role "editor".
         */
        post: operations["postSystemAdapterOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/adapter/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deploy an adapter into the connected clusters, or remove it again
         * @description Needs the role "editor".
         */
        post: operations["postSystemAdapterStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/adapters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the adapters that are connected; with "adapter" only ask whether that one answers
         * @description Needs the role "viewer".
         */
        get: operations["getSystemAdapters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log
         * @description Needs the role "admin".
         */
        get: operations["getSystemAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/audit/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the audit log is whole
         * @description Needs the role "admin".
         */
        get: operations["getSystemAuditCheck"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/availableAdapters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the adapters that there are
         * @description Open: names of adapters; the same for everyone.
         */
        get: operations["getSystemAvailableAdapters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List clusters and the state of their discovery
         * @description Needs the role "viewer".
         */
        get: operations["getSystemClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Meshery's own components and when they were seen last
         * @description Needs the role "admin".
         */
        get: operations["getSystemComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/controllers/broker/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the state of the broker
         * @description Needs the role "viewer".
         */
        get: operations["getSystemControllersBrokerStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/controllers/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the defaults for controllers
         * @description Needs the role "viewer".
         */
        get: operations["getSystemControllersConfig"];
        /**
         * Change the defaults for controllers
         * @description Needs the role "admin".
         */
        put: operations["putSystemControllersConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/controllers/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find out what is wrong with the controllers
         * @description Needs the role "viewer".
         */
        get: operations["getSystemControllersDiagnostics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/controllers/meshsync/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the state of MeshSync
         * @description Needs the role "viewer".
         */
        get: operations["getSystemControllersMeshsyncStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/controllers/operator/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the state of the operator
         * @description Needs the role "viewer".
         */
        get: operations["getSystemControllersOperatorStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/controllers/status/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the states of controllers
         * @description Needs the role "viewer".
         */
        get: operations["getSystemControllersStatusSubscribe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/database": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what the databases hold
         * @description Needs the role "viewer".
         */
        get: operations["getSystemDatabase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/database/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Empty the cache of discovered objects
         * @description Needs the role "admin".
         */
        delete: operations["deleteSystemDatabaseReset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events
         * @description Needs the role "viewer".
         */
        get: operations["getSystemEvents"];
        put?: never;
        /**
         * Tell of an event
         * @description Needs the role "editor".
         */
        post: operations["postSystemEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an event
         * @description Needs the role "editor".
         */
        delete: operations["deleteSystemEventsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/events/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove events
         * @description Needs the role "editor".
         */
        delete: operations["deleteSystemEventsBulk"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/events/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the log level, under its published name
         * @description Needs the role "viewer".
         */
        get: operations["getSystemEventsConfig"];
        /**
         * Change the log level, under its published name
         * @description Needs the role "admin".
         */
        put: operations["putSystemEventsConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/events/status/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Mark an event as read or unread
         * @description Needs the role "viewer".
         */
        put: operations["putSystemEventsStatusById"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/events/status/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Mark events as read or unread
         * @description Needs the role "viewer".
         */
        put: operations["putSystemEventsStatusBulk"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/events/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow events
         * @description Needs the role "viewer".
         */
        get: operations["getSystemEventsSubscribe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/events/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the categories and actions of events
         * @description Needs the role "viewer".
         */
        get: operations["getSystemEventsTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/fileDownload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file of the log
         * @description Needs the role "admin".
         */
        get: operations["getSystemFileDownload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/fileView": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a file of the log
         * @description Needs the role "admin".
         */
        get: operations["getSystemFileView"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/graphql/playground": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the page for trying GraphQL
         * @description Needs the role "viewer".
         */
        get: operations["getSystemGraphqlPlayground"];
        put?: never;
        /**
         * Show the page for trying GraphQL, as a form asks for it
         * @description Needs the role "viewer".
         */
        post: operations["postSystemGraphqlPlayground"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/graphql/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Send a GraphQL query in the address
         * @description Needs the role "viewer".
         */
        get: operations["getSystemGraphqlQuery"];
        put?: never;
        /**
         * Send a GraphQL query
         * @description Needs the role "viewer".
         */
        post: operations["postSystemGraphqlQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/kubernetes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import contexts of a kubeconfig
         * @description Needs the role "editor".
         */
        post: operations["postSystemKubernetes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/kubernetes/contexts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Kubernetes contexts
         * @description Needs the role "viewer".
         */
        get: operations["getSystemKubernetesContexts"];
        put?: never;
        /**
         * Look at the contexts of a kubeconfig; nothing is kept
         * @description Needs the role "editor".
         */
        post: operations["postSystemKubernetesContexts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/kubernetes/contexts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a Kubernetes context
         * @description Needs the role "viewer".
         */
        get: operations["getSystemKubernetesContextsById"];
        put?: never;
        post?: never;
        /**
         * Remove a Kubernetes context
         * @description Needs the role "editor".
         */
        delete: operations["deleteSystemKubernetesContextsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/kubernetes/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reach a cluster once
         * @description Needs the role "viewer".
         */
        get: operations["getSystemKubernetesPing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/kubernetes/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register the components of clusters, as an operation
         * @description Needs the role "editor".
         */
        post: operations["postSystemKubernetesRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/log-level": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the log level
         * @description Needs the role "admin".
         */
        put: operations["putSystemLogLevel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/log-levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the log levels of all modules
         * @description Needs the role "admin".
         */
        get: operations["getSystemLogLevels"];
        /**
         * Change the log levels of modules, until the process ends
         * @description Needs the role "admin".
         */
        put: operations["putSystemLogLevels"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the files of the log
         * @description Needs the role "admin".
         */
        get: operations["getSystemLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/meshsync/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List discovered objects
         * @description Needs the role "viewer".
         */
        get: operations["getSystemMeshsyncResources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/meshsync/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a discovered object as a component
         * @description Needs the role "viewer".
         */
        get: operations["getSystemMeshsyncResourcesById"];
        put?: never;
        post?: never;
        /**
         * Forget a discovered object
         * @description Needs the role "editor".
         */
        delete: operations["deleteSystemMeshsyncResourcesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/meshsync/resources/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow changes of discovered objects
         * @description Needs the role "viewer".
         */
        get: operations["getSystemMeshsyncResourcesSubscribe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/meshsync/resources/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count discovered objects by kind
         * @description Needs the role "viewer".
         */
        get: operations["getSystemMeshsyncResourcesSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List operations
         * @description Needs the role "viewer".
         */
        get: operations["getSystemOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/operations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an operation
         * @description Needs the role "viewer".
         */
        get: operations["getSystemOperationsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/operations/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an operation
         * @description Needs the role "editor".
         */
        post: operations["postSystemOperationsByIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/support-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download facts for somebody who helps, without secrets (.tar.gz)
         * @description Needs the role "admin".
         */
        get: operations["getSystemSupportBundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a client asks first: clusters and adapters
         * @description Needs the role "viewer".
         */
        get: operations["getSystemSync"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the version
         * @description Open: published clients ask it before sign-in.
         */
        get: operations["getSystemVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/grafana/{connectionID}/boards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dashboards
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryGrafanaByConnectionIDBoards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/grafana/{connectionID}/boards/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dashboard with its panels
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryGrafanaByConnectionIDBoardsByUid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/grafana/{connectionID}/datasources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List data sources
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryGrafanaByConnectionIDDatasources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/grafana/{connectionID}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Test a Grafana server
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryGrafanaByConnectionIDPing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/grafana/{connectionID}/pinned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which dashboards are pinned
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryGrafanaByConnectionIDPinned"];
        put?: never;
        /**
         * Keep which dashboards are pinned
         * @description Needs the role "editor".
         */
        post: operations["postTelemetryGrafanaByConnectionIDPinned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/grafana/{connectionID}/query_range": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask a data source for a range
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryGrafanaByConnectionIDQueryRange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/grafana/{connectionID}/query_range_batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask data sources for several ranges at once
         * @description Needs the role "viewer".
         */
        post: operations["postTelemetryGrafanaByConnectionIDQueryRangeBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/label_values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the values of a label
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryPrometheusByConnectionIDLabelValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the names of labels
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryPrometheusByConnectionIDLabels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what is said of metrics
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryPrometheusByConnectionIDMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the names of metrics
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryPrometheusByConnectionIDMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/panels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the panels that are shown of a Prometheus server
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryPrometheusByConnectionIDPanels"];
        put?: never;
        /**
         * Keep the panels that are shown of a Prometheus server
         * @description Needs the role "editor".
         */
        post: operations["postTelemetryPrometheusByConnectionIDPanels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Test a Prometheus server
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryPrometheusByConnectionIDPing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask for one moment
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryPrometheusByConnectionIDQuery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/query_range": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask for a range
         * @description Needs the role "viewer".
         */
        get: operations["getTelemetryPrometheusByConnectionIDQueryRange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telemetry/prometheus/{connectionID}/query_range_batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for several ranges at once
         * @description Needs the role "viewer".
         */
        post: operations["postTelemetryPrometheusByConnectionIDQueryRangeBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the token file of whoever is signed in
         * @description Open: token exchange; decides by its own rules.
         */
        get: operations["getToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whoever is signed in
         * @description Needs the role "viewer".
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Needs the role "viewer".
         */
        post: operations["postUserLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/performance/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getUserPerformanceProfiles"];
        put?: never;
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "editor".
         */
        post: operations["postUserPerformanceProfiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/performance/profiles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getUserPerformanceProfilesById"];
        put?: never;
        post?: never;
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "editor".
         */
        delete: operations["deleteUserPerformanceProfilesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/performance/profiles/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getUserPerformanceProfilesByIdResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/performance/profiles/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getUserPerformanceProfilesByIdRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/performance/profiles/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getUserPerformanceProfilesResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/prefs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read preferences
         * @description Needs the role "viewer".
         */
        get: operations["getUserPrefs"];
        put?: never;
        /**
         * Change preferences
         * @description Needs the role "viewer".
         */
        post: operations["postUserPrefs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/prefs/perf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List performance tests, or read one
         * @description Needs the role "viewer".
         */
        get: operations["getUserPrefsPerf"];
        put?: never;
        /**
         * Keep a performance test
         * @description Needs the role "viewer".
         */
        post: operations["postUserPrefsPerf"];
        /**
         * Remove a performance test
         * @description Needs the role "viewer".
         */
        delete: operations["deleteUserPrefsPerf"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/profile/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a user
         * @description Needs the role "viewer".
         */
        get: operations["getUserProfileById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getUserSchedules"];
        put?: never;
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "editor".
         */
        post: operations["postUserSchedules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "viewer".
         */
        get: operations["getUserSchedulesById"];
        put?: never;
        post?: never;
        /**
         * Load tests cannot be kept, run or scheduled yet.
         * @description Needs the role "editor".
         */
        delete: operations["deleteUserSchedulesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/user/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Renew the token; with a token or code, end a sign-in
         * @description Open: end of a sign-in; decides by its own rules.
         */
        get: operations["getUserToken"];
        put?: never;
        /**
         * End a sign-in with a token
         * @description Open: end of a sign-in; decides by its own rules.
         */
        post: operations["postUserToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workspaces
         * @description Needs the role "viewer".
         */
        get: operations["getWorkspaces"];
        put?: never;
        /**
         * Make a workspace
         * @description Needs the role "editor".
         */
        post: operations["postWorkspaces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a workspace
         * @description Needs the role "viewer".
         */
        get: operations["getWorkspacesById"];
        /**
         * Change a workspace
         * @description Needs the role "editor".
         */
        put: operations["putWorkspacesById"];
        post?: never;
        /**
         * Remove a workspace
         * @description Needs the role "editor".
         */
        delete: operations["deleteWorkspacesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}/designs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the designs of a workspace
         * @description Needs the role "viewer".
         */
        get: operations["getWorkspacesByIdDesigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}/designs/{otherId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add one of the designs to a workspace
         * @description Needs the role "editor".
         */
        post: operations["postWorkspacesByIdDesignsByOtherId"];
        /**
         * Take one of the designs out of a workspace
         * @description Needs the role "editor".
         */
        delete: operations["deleteWorkspacesByIdDesignsByOtherId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the environments of a workspace
         * @description Needs the role "viewer".
         */
        get: operations["getWorkspacesByIdEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}/environments/{otherId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add one of the environments to a workspace
         * @description Needs the role "editor".
         */
        post: operations["postWorkspacesByIdEnvironmentsByOtherId"];
        /**
         * Take one of the environments out of a workspace
         * @description Needs the role "editor".
         */
        delete: operations["deleteWorkspacesByIdEnvironmentsByOtherId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the teams of a workspace
         * @description Needs the role "viewer".
         */
        get: operations["getWorkspacesByIdTeams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}/teams/{otherId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add one of the teams to a workspace
         * @description Needs the role "editor".
         */
        post: operations["postWorkspacesByIdTeamsByOtherId"];
        /**
         * Take one of the teams out of a workspace
         * @description Needs the role "editor".
         */
        delete: operations["deleteWorkspacesByIdTeamsByOtherId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the views of a workspace
         * @description Needs the role "viewer".
         */
        get: operations["getWorkspacesByIdViews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{id}/views/{otherId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add one of the views to a workspace
         * @description Needs the role "editor".
         */
        post: operations["postWorkspacesByIdViewsByOtherId"];
        /**
         * Take one of the views out of a workspace
         * @description Needs the role "editor".
         */
        delete: operations["deleteWorkspacesByIdViewsByOtherId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/local": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign in with a one-time code
         * @description Open: sign-in with a one-time code.
         */
        get: operations["getWebAuthLocal"];
        put?: never;
        /**
         * Trade a one-time code for a token file
         * @description Open: sign-in with a one-time code.
         */
        post: operations["postWebAuthLocal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/local/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue a link that signs in once
         * @description Needs the role "admin".
         */
        post: operations["postWebAuthLocalCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the sign-in page, under an older path
         * @description Open: sign-in page under its older path.
         */
        get: operations["getWebAuthLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to sign in with the OpenID Connect issuer
         * @description Open: leads to the sign-in of the OpenID Connect issuer.
         */
        get: operations["getWebAuthOidc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * End a sign-in with the OpenID Connect issuer
         * @description Open: end of a sign-in; decides by its own rules.
         */
        get: operations["getWebAuthOidcCallback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/redirect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign in with a token
         * @description Open: sign-in with a token; verifies it first.
         */
        get: operations["getWebAuthRedirect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/error": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say that something went wrong elsewhere
         * @description Open: where clients are sent when something went wrong; the same for everyone.
         */
        get: operations["getWebError"];
        /**
         * Say that something went wrong elsewhere
         * @description Open: where clients are sent when something went wrong; the same for everyone.
         */
        put: operations["putWebError"];
        /**
         * Say that something went wrong elsewhere
         * @description Open: where clients are sent when something went wrong; the same for everyone.
         */
        post: operations["postWebError"];
        /**
         * Say that something went wrong elsewhere
         * @description Open: where clients are sent when something went wrong; the same for everyone.
         */
        delete: operations["deleteWebError"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/favicon.ico": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load the icon
         * @description Open: static asset.
         */
        get: operations["getWebFaviconIco"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the process lives
         * @description Open: liveness probe; says nothing about content.
         */
        get: operations["getWebHealthzLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the server is ready
         * @description Open: readiness probe; says nothing about content.
         */
        get: operations["getWebHealthzReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read metrics for Prometheus
         * @description Open: a scraper on this machine.
         */
        get: operations["getWebMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the sign-in page
         * @description Open: sign-in page.
         */
        get: operations["getWebProvider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider/{rest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load a part of the sign-in page
         * @description Open: sign-in page.
         */
        get: operations["getWebProviderByRest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider/favicon.ico": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load the icon of the sign-in page
         * @description Open: static asset.
         */
        get: operations["getWebProviderFaviconIco"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ui/public/static/img/meshmodels/{rest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load the image of a model
         * @description Open: images of models; the same for everyone.
         */
        get: operations["getWebUiPublicStaticImgMeshmodelsByRest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to sign in
         * @description Open: leads to the sign-in of the chosen provider.
         */
        get: operations["getWebUserLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign out and show the sign-in page
         * @description Open: leads to the sign-in page, with or without a session.
         */
        get: operations["getWebUserLogout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptedRegistration: {
            /** @constant */
            status: "accepted";
            /** Format: uuid */
            operationId: string;
        };
        AdapterAddition: {
            meshLocationURL: string;
        };
        AdapterOperation: {
            adapter: string;
            query: string;
            /** @default  */
            customBody: string;
            /** @default  */
            namespace: string;
            /** @default  */
            deleteOp: string;
            /** @default  */
            version: string;
        };
        AdapterStatus: {
            adapterName?: string;
            targetStatus?: string;
            targetPort?: number;
            adapter_name?: string;
            target_status?: string;
            target_port?: number;
        } & ((unknown | unknown) & (unknown | unknown));
        AdapterStatusAnswer: {
            /** @constant */
            status: "processing";
        };
        Adapters: {
            adapter_location: string;
            name: string;
            version: string;
            git_commit_sha: string;
            ops: {
                key: string;
                value: string;
                category: number;
            }[] | null;
        }[];
        AssignedConnectionPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            connections: components["schemas"]["Connection"][];
        };
        AuditCheck: {
            lines: number;
            brokenAt?: number;
        };
        AuditLines: {
            lines: {
                sequence: number;
                previousHash: string;
                hash: string;
                /** Format: date-time */
                at: string;
                userId: string;
                userName: string;
                provider: string;
                organizationId: string;
                action: string;
                objectId: string;
                /** @enum {string} */
                decision: "allowed" | "refused";
                reason: string;
                requestId: string;
            }[];
            next: number;
        };
        AvailableAdapters: {
            name: string;
            adapter_location: string;
        }[];
        CategoryPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            categories: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                name: string;
                metadata: {
                    [key: string]: unknown;
                };
            }[];
            page_size: number;
            total_count: number;
        };
        Check: {
            /** @enum {string} */
            result: "ok" | "failed";
            /** Format: date-time */
            time: string;
            latencyMs: number;
            code?: string;
            message?: string;
            remedy?: string;
            details?: {
                [key: string]: unknown;
            };
            latency_ms: number;
        };
        Clusters: {
            clusters: {
                id: string;
                name: string;
                apiServerUrl: string;
                /** @enum {string} */
                source: "embedded" | "agent" | "published";
                /** @enum {string} */
                state: "syncing" | "in-sync" | "degraded" | "stale" | "unreachable";
                reason: string;
                message: string;
                firstSeen: string;
                lastSeen: string;
                objectCount: number;
                kinds: {
                    resource: string;
                    kind: string;
                    namespaced: boolean;
                    /** @enum {string} */
                    state: "syncing" | "synced" | "forbidden" | "unsupported" | "lagging" | "excluded";
                    reason: string;
                    message: string;
                    count: number;
                    since: string;
                }[];
            }[];
        };
        ComponentPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            components: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                status: string;
                version: string;
                metadata: {
                    [key: string]: unknown;
                };
                /** Format: uuid */
                modelId: string;
                model: {
                    [key: string]: unknown;
                };
                modelReference: {
                    [key: string]: unknown;
                };
                displayName: string;
                description: string;
                format: string;
                /** @constant */
                schemaVersion: "components.meshery.io/v1beta3";
                styles: {
                    [key: string]: unknown;
                };
                configuration: {
                    [key: string]: unknown;
                };
                component: {
                    kind: string;
                    version: string;
                    schema: string;
                };
                capabilities: {
                    [key: string]: unknown;
                }[];
                duplicates: number;
            }[];
            page_size: number;
            total_count: number;
        };
        Connection: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: uuid */
            organizationId: string;
            owner: string;
            name: string;
            description: string;
            metadata: {
                [key: string]: unknown;
            };
            kind: string;
            type: string;
            subType: string;
            /** @enum {string} */
            status: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
            url: string;
            credentialId?: string | null;
            styles: {
                [key: string]: unknown;
            };
            contextId?: string;
            controllersConfig?: {
                [key: string]: unknown;
            };
            schemaVersion: string;
            userId: string;
            deletedAt: null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            organization_id: string;
            sub_type: string;
            credential_id?: string | null;
            context_id?: string;
            controllers_config?: {
                [key: string]: unknown;
            };
            schema_version: string;
            user_id: string;
            deleted_at: null;
        };
        ConnectionAction: {
            /** @constant */
            action: "setMeshsyncMode";
            mode: string;
        };
        ConnectionControllers: {
            controllers: components["schemas"]["ControllerStatus"][];
        };
        ConnectionDefinition: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: uuid */
            modelId: string;
            model: {
                [key: string]: unknown;
            };
            modelReference: {
                [key: string]: unknown;
            };
            kind: string;
            subType: string;
            version: string;
            name: string;
            description: string;
            type: string;
            styles: {
                [key: string]: unknown;
            };
            metadata: {
                [key: string]: unknown;
            };
            /** @constant */
            schemaVersion: "connections.meshery.io/v1beta3";
            /** @enum {string} */
            status: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
            transitionMap: {
                [key: string]: {
                    /** @enum {string} */
                    nextState: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                    description: string;
                }[];
            };
            connectionSchema: {
                [key: string]: unknown;
            };
            credentialSchema: {
                [key: string]: unknown;
            } | null;
            deletedAt: null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            model_id: string;
            model_reference: {
                [key: string]: unknown;
            };
            sub_type: string;
            /** @constant */
            schema_version: "connections.meshery.io/v1beta3";
            transition_map: {
                [key: string]: {
                    /** @enum {string} */
                    nextState: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                    description: string;
                }[];
            };
            connection_schema: {
                [key: string]: unknown;
            };
            credential_schema: {
                [key: string]: unknown;
            } | null;
            deleted_at: null;
        };
        ConnectionDefinitionDraft: {
            kind: string;
            /** @default v1.0.0 */
            version: string;
            name: string;
            description?: string | null;
            /** @default  */
            type: string;
            /** @default  */
            subType: string;
            connectionSchema?: {
                /** @constant */
                type: "object";
                title?: string;
                required?: string[];
                properties?: {
                    [key: string]: boolean | ({
                        type?: ("string" | "number" | "integer" | "boolean" | "object" | "array" | "null") | ("string" | "number" | "integer" | "boolean" | "object" | "array" | "null")[];
                        title?: string;
                        description?: string;
                    } & {
                        [key: string]: unknown;
                    });
                };
            } & {
                [key: string]: unknown;
            };
            credentialSchema?: ({
                /** @constant */
                type: "object";
                title?: string;
                required?: string[];
                properties?: {
                    [key: string]: boolean | ({
                        type?: ("string" | "number" | "integer" | "boolean" | "object" | "array" | "null") | ("string" | "number" | "integer" | "boolean" | "object" | "array" | "null")[];
                        title?: string;
                        description?: string;
                    } & {
                        [key: string]: unknown;
                    });
                };
            } & {
                [key: string]: unknown;
            }) | null;
            /**
             * @default {
             *       "discovered": [
             *         {
             *           "nextState": "registered",
             *           "description": "It can be reached and is known; nothing is read from it yet."
             *         },
             *         {
             *           "nextState": "not found",
             *           "description": "It is not where it was."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "registered": [
             *         {
             *           "nextState": "connected",
             *           "description": "Somebody wants it to be used."
             *         },
             *         {
             *           "nextState": "ignored",
             *           "description": "Somebody wants it to be left alone."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "connected": [
             *         {
             *           "nextState": "disconnected",
             *           "description": "Somebody wants it not to be used any more."
             *         },
             *         {
             *           "nextState": "maintenance",
             *           "description": "It is kept, and not used for a while."
             *         },
             *         {
             *           "nextState": "not found",
             *           "description": "It is not where it was."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "ignored": [
             *         {
             *           "nextState": "registered",
             *           "description": "It can be reached and is known; nothing is read from it yet."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "maintenance": [
             *         {
             *           "nextState": "connected",
             *           "description": "Somebody wants it to be used."
             *         },
             *         {
             *           "nextState": "disconnected",
             *           "description": "Somebody wants it not to be used any more."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "disconnected": [
             *         {
             *           "nextState": "connected",
             *           "description": "Somebody wants it to be used."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "not found": [
             *         {
             *           "nextState": "discovered",
             *           "description": "It was found again; nothing is tried to reach it."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ]
             *     }
             */
            transitionMap: {
                [key: string]: {
                    /** @enum {string} */
                    nextState: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                    /** @default  */
                    description: string;
                }[];
            };
            styles?: {
                [key: string]: unknown;
            } | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            /**
             * @default registered
             * @enum {string}
             */
            status: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
            /** Format: uuid */
            modelId?: string;
            modelReference?: {
                /** Format: uuid */
                id?: string;
                name?: string;
            };
            /** @default  */
            sub_type: string;
            connection_schema?: {
                /** @constant */
                type: "object";
                title?: string;
                required?: string[];
                properties?: {
                    [key: string]: boolean | ({
                        type?: ("string" | "number" | "integer" | "boolean" | "object" | "array" | "null") | ("string" | "number" | "integer" | "boolean" | "object" | "array" | "null")[];
                        title?: string;
                        description?: string;
                    } & {
                        [key: string]: unknown;
                    });
                };
            } & {
                [key: string]: unknown;
            };
            credential_schema?: ({
                /** @constant */
                type: "object";
                title?: string;
                required?: string[];
                properties?: {
                    [key: string]: boolean | ({
                        type?: ("string" | "number" | "integer" | "boolean" | "object" | "array" | "null") | ("string" | "number" | "integer" | "boolean" | "object" | "array" | "null")[];
                        title?: string;
                        description?: string;
                    } & {
                        [key: string]: unknown;
                    });
                };
            } & {
                [key: string]: unknown;
            }) | null;
            /**
             * @default {
             *       "discovered": [
             *         {
             *           "nextState": "registered",
             *           "description": "It can be reached and is known; nothing is read from it yet."
             *         },
             *         {
             *           "nextState": "not found",
             *           "description": "It is not where it was."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "registered": [
             *         {
             *           "nextState": "connected",
             *           "description": "Somebody wants it to be used."
             *         },
             *         {
             *           "nextState": "ignored",
             *           "description": "Somebody wants it to be left alone."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "connected": [
             *         {
             *           "nextState": "disconnected",
             *           "description": "Somebody wants it not to be used any more."
             *         },
             *         {
             *           "nextState": "maintenance",
             *           "description": "It is kept, and not used for a while."
             *         },
             *         {
             *           "nextState": "not found",
             *           "description": "It is not where it was."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "ignored": [
             *         {
             *           "nextState": "registered",
             *           "description": "It can be reached and is known; nothing is read from it yet."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "maintenance": [
             *         {
             *           "nextState": "connected",
             *           "description": "Somebody wants it to be used."
             *         },
             *         {
             *           "nextState": "disconnected",
             *           "description": "Somebody wants it not to be used any more."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "disconnected": [
             *         {
             *           "nextState": "connected",
             *           "description": "Somebody wants it to be used."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ],
             *       "not found": [
             *         {
             *           "nextState": "discovered",
             *           "description": "It was found again; nothing is tried to reach it."
             *         },
             *         {
             *           "nextState": "deleted",
             *           "description": "Somebody wants it to be forgotten."
             *         }
             *       ]
             *     }
             */
            transition_map: {
                [key: string]: {
                    /** @enum {string} */
                    nextState: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                    /** @default  */
                    description: string;
                }[];
            };
            /** Format: uuid */
            model_id?: string;
            model_reference?: {
                /** Format: uuid */
                id?: string;
                name?: string;
            };
        } & (unknown | unknown);
        ConnectionDefinitionPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            connectionDefinitions: components["schemas"]["ConnectionDefinition"][];
            page_size: number;
            total_count: number;
            connection_definitions: components["schemas"]["ConnectionDefinition"][];
        };
        ConnectionDraft: {
            name: string;
            description?: string | null;
            kind: string;
            type?: string;
            subType?: string;
            /** @enum {string} */
            status?: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
            url?: string;
            metadata?: {
                [key: string]: unknown;
            } | null;
            styles?: {
                [key: string]: unknown;
            } | null;
            credentialId?: string | null;
            credentialSecret?: {
                [key: string]: unknown;
            } | null;
            /** Format: uuid */
            organizationId?: string;
            sub_type?: string;
            credential_id?: string | null;
            credential_secret?: {
                [key: string]: unknown;
            } | null;
            /** Format: uuid */
            organization_id?: string;
        };
        ConnectionHistory: {
            history: {
                /** Format: uuid */
                connectionId: string;
                position: number;
                from?: ("discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found") | null;
                /** @enum {string} */
                to: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                by: string;
                why: string;
                isDone: boolean;
                /** Format: date-time */
                at: string;
            }[];
        };
        ConnectionPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            statusSummary: {
                [key: string]: number;
            };
            connections: components["schemas"]["Connection"][];
            page_size: number;
            total_count: number;
            status_summary: {
                [key: string]: number;
            };
        };
        ConnectionPatch: {
            name?: string;
            description?: string | null;
            /** @enum {string} */
            status?: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
            url?: string;
            metadata?: {
                [key: string]: unknown;
            };
            styles?: {
                [key: string]: unknown;
            };
            credentialId?: string | null;
            credentialSecret?: {
                [key: string]: unknown;
            } | null;
            credential_id?: string | null;
            credential_secret?: {
                [key: string]: unknown;
            } | null;
        };
        ContextImport: {
            registeredContexts: components["schemas"]["KubernetesContext"][];
            connectedContexts: components["schemas"]["KubernetesContext"][];
            ignoredContexts: components["schemas"]["KubernetesContext"][];
            erroredContexts: components["schemas"]["KubernetesContext"][];
        };
        ControllerInfo: {
            /** Format: uuid */
            connectionId: string;
            name: string;
            status: string;
            version: string;
            /** Format: uuid */
            connection_id: string;
        };
        ControllerStatus: {
            /** Format: uuid */
            connectionId: string;
            /** @enum {string} */
            controller: "OPERATOR" | "MESHSYNC" | "BROKER";
            status: string;
            version: string;
            /** Format: uuid */
            connection_id: string;
        };
        ControllersConfig: {
            /** @default controllers.meshery.io/v1beta1 */
            schemaVersion: string;
            /** @default {} */
            operator: {
                /**
                 * @default operator
                 * @enum {string}
                 */
                deploymentMode: "operator" | "embedded";
                version?: string | null;
            };
            /** @default {} */
            meshsync: {
                version?: string | null;
                /** @default 1 */
                replicas: number;
                /** @default {} */
                watchList: {
                    /** @default [] */
                    whitelist: {
                        resource: string;
                        /** @default [] */
                        events: ("ADDED" | "MODIFIED" | "DELETED")[];
                    }[];
                    /** @default [] */
                    blacklist: string[];
                };
                /** @default [] */
                outputNamespaces: string[];
                /** @default [] */
                outputResources: string[];
                /** @default true */
                redactSecrets: boolean;
                /** @default true */
                brokerContentDedup: boolean;
                /** @default false */
                debugLogging: boolean;
            };
            /** @default {} */
            broker: {
                version?: string | null;
                /** @default 1 */
                replicas: number;
                /** @default {} */
                service: {
                    /**
                     * @default ClusterIP
                     * @enum {string}
                     */
                    type: "ClusterIP" | "NodePort" | "LoadBalancer";
                    /** @default {} */
                    annotations: {
                        [key: string]: string;
                    };
                    /** @default  */
                    loadBalancerClass: string;
                    /** @default [] */
                    loadBalancerSourceRanges: (string)[];
                    /** @default  */
                    externalEndpointOverride: "" | string;
                };
            };
            /** @default controllers.meshery.io/v1beta1 */
            schema_version: string;
        };
        Credential: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: uuid */
            organizationId: string;
            owner: string;
            name: string;
            type: string;
            userId: string;
            deletedAt: null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            organization_id: string;
            user_id: string;
            deleted_at: null;
        };
        CredentialDraft: {
            name: string;
            type: string;
            /** Format: uuid */
            organizationId?: string;
            secret: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            organization_id?: string;
        };
        CredentialPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            credentials: components["schemas"]["Credential"][];
            page_size: number;
            total_count: number;
        };
        CredentialPatch: {
            name?: string;
            type?: string;
            secret?: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string;
        };
        DatabaseSummary: {
            page: number;
            pageSize: number;
            totalTables: number;
            recordCount: number;
            tables: {
                name: string;
                /** @constant */
                type: "table";
                count: number;
            }[];
            page_size: number;
            total_tables: number;
            record_count: number;
        };
        DesignPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            designs: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                /** Format: uuid */
                organizationId: string;
                owner: string;
                name: string;
                /** @enum {string} */
                visibility: "private" | "public" | "published";
                patternFile: string;
                /** @enum {string} */
                designType: "Design" | "Helm Chart" | "Docker Compose" | "Kubernetes Manifest";
                sourceContent: string;
                location: {
                    [key: string]: unknown;
                };
                viewCount: number;
                downloadCount: number;
                cloneCount: number;
                deploymentCount: number;
                shareCount: number;
                catalogData: {
                    /** @default  */
                    publishedVersion: string;
                    /** @default  */
                    class: string;
                    /** @default [] */
                    compatibility: string[];
                    /** @default  */
                    patternCaveats: string;
                    /** @default  */
                    patternInfo: string;
                    /**
                     * @default Deployment
                     * @enum {string}
                     */
                    type: "Deployment" | "Observability" | "Resiliency" | "Scaling" | "Security" | "Traffic-management" | "Troubleshooting" | "Workloads";
                    /** @default [] */
                    snapshotURL: string[];
                } | null;
            }[];
            page_size: number;
            total_count: number;
        };
        Diagnosis: {
            /** Format: uuid */
            connectionId: string;
            healthy: boolean;
            diagnostics: {
                /** @enum {string} */
                severity: "info" | "warning" | "error";
                controller?: string;
                code: string;
                summary: string;
                description?: string;
                remediation?: string[];
                endpoint?: string;
            }[];
            /** Format: uuid */
            connection_id: string;
        };
        Done: Record<string, unknown>;
        Environment: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: uuid */
            organizationId: string;
            owner: string;
            name: string;
            description: string;
            metadata: {
                [key: string]: unknown;
            };
            schemaVersion?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            organization_id: string;
            schema_version?: string;
        };
        EnvironmentDraft: {
            name: string;
            description?: string | null;
            /** Format: uuid */
            organizationId?: string;
            metadata?: {
                [key: string]: unknown;
            } | null;
            /** Format: uuid */
            organization_id?: string;
        } & (unknown | unknown);
        EnvironmentPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            environments: components["schemas"]["Environment"][];
            page_size: number;
            total_count: number;
        };
        EnvironmentPatch: {
            name?: string;
            description?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        Error: {
            /** @description What went wrong, for people. */
            error: string;
            /** @enum {string} */
            code: "meshery-core-1000" | "meshery-core-1001" | "meshery-core-1002" | "meshery-core-1003" | "meshery-core-1004" | "meshery-core-1005" | "meshery-core-1006" | "meshery-core-1007" | "meshery-core-1008" | "meshery-core-1009" | "meshery-core-1010" | "meshery-core-1011" | "meshery-config-1100" | "meshery-config-1101" | "meshery-config-1102" | "meshery-config-1103" | "meshery-auth-1200" | "meshery-auth-1201" | "meshery-auth-1202" | "meshery-auth-1203" | "meshery-auth-1204" | "meshery-auth-1205" | "meshery-kube-1300" | "meshery-kube-1301" | "meshery-kube-1302" | "meshery-kube-1303" | "meshery-kube-1304" | "meshery-kube-1305" | "meshery-kube-1306" | "meshery-kube-1307" | "meshery-kube-1308" | "meshery-kube-1309" | "meshery-kube-1310" | "meshery-kube-1311" | "meshery-kube-1312" | "meshery-kube-1313" | "meshery-kube-1314" | "meshery-kube-1315" | "meshery-kube-1321" | "meshery-discovery-1400" | "meshery-discovery-1401" | "meshery-discovery-1402" | "meshery-discovery-1403" | "meshery-messaging-1500" | "meshery-messaging-1501" | "meshery-messaging-1502" | "meshery-messaging-1503" | "meshery-messaging-1504" | "meshery-messaging-1505" | "meshery-messaging-1506" | "meshery-messaging-1507" | "meshery-messaging-1508" | "meshery-messaging-1509" | "meshery-messaging-1510" | "meshery-store-1600" | "meshery-store-1601" | "meshery-store-1602" | "meshery-store-1603" | "meshery-store-1604" | "meshery-store-1605" | "meshery-operations-1800" | "meshery-operations-1801" | "meshery-connection-1700" | "meshery-connection-1701" | "meshery-connection-1702" | "meshery-connection-1703" | "meshery-connection-1704" | "meshery-connection-1705" | "meshery-connection-1709" | "meshery-connection-1710" | "meshery-connection-1711" | "meshery-connection-1712" | "meshery-connection-1713" | "meshery-connection-1714" | "meshery-connection-1715" | "meshery-connection-1716" | "meshery-connection-1717" | "meshery-connection-1718" | "meshery-connection-1719" | "meshery-store-1606" | "meshery-provider-2000" | "meshery-provider-2001" | "meshery-store-1607" | "meshery-store-1608" | "meshery-connection-1706" | "meshery-connection-1707" | "meshery-connection-1708" | "meshery-auth-1206" | "meshery-auth-1207" | "meshery-auth-1208" | "meshery-connection-1725" | "meshery-registry-2100" | "meshery-registry-2101" | "meshery-registry-2102" | "meshery-registry-2103" | "meshery-registry-2104" | "meshery-telemetry-2200" | "meshery-provider-2002" | "meshery-core-1017";
            severity: string;
            probableCause?: string[];
            suggestedRemediation?: string[];
            longDescription?: string[];
            requestId: string;
        };
        Event: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            sequence: number;
            organizationId: string | null;
            owner: string;
            /** Format: uuid */
            actedUpon: string;
            action: string;
            category: string;
            description: string;
            metadata: {
                [key: string]: unknown;
            };
            operationId: string | null;
            /** @enum {string} */
            severity: "emergency" | "alert" | "critical" | "error" | "warning" | "informational" | "debug" | "success";
            systemId: string;
            /** @enum {string} */
            status: "read" | "unread";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            organization_id: string | null;
            /** Format: uuid */
            acted_upon: string;
            operation_id: string | null;
            system_id: string;
        };
        EventDraft: {
            organizationId?: string | null;
            actedUpon?: string | null;
            action: string;
            category: string;
            description?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            operationId?: string | null;
            /**
             * @default informational
             * @enum {string}
             */
            severity: "emergency" | "alert" | "critical" | "error" | "warning" | "informational" | "debug" | "success";
            organization_id?: string | null;
            acted_upon?: string | null;
            operation_id?: string | null;
        };
        EventIds: {
            ids: string[];
        };
        EventLogLevel: {
            eventLogLevel?: string;
            event_log_level?: string;
        } & (unknown | unknown);
        EventPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            next?: number;
            readCount: number;
            countBySeverityLevel: {
                /** @enum {string} */
                severity: "emergency" | "alert" | "critical" | "error" | "warning" | "informational" | "debug" | "success";
                count: number;
            }[];
            events: components["schemas"]["Event"][];
            page_size: number;
            total_count: number;
            read_count: number;
            count_by_severity_level: {
                /** @enum {string} */
                severity: "emergency" | "alert" | "critical" | "error" | "warning" | "informational" | "debug" | "success";
                count: number;
            }[];
        };
        EventStatus: {
            /** @enum {string} */
            status: "read" | "unread";
        };
        EventStatuses: {
            ids: string[];
            /** @enum {string} */
            status: "read" | "unread";
        };
        GrafanaPing: {
            /** @constant */
            reachable: true;
            version: string;
            database: string;
        };
        GrafanaQueries: {
            start: string | number;
            end: string | number;
            step: string | number;
            queries: {
                id: string;
                query: string;
                ds: string;
            }[];
        };
        GraphqlAnswer: {
            data?: {
                [key: string]: unknown;
            } | null;
            errors?: ({
                message: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        GraphqlRequest: {
            query: string;
            variables?: {
                [key: string]: unknown;
            };
        };
        IssuedServiceToken: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            owner: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
            /** Format: date-time */
            expiresAt: string;
            certificateFingerprint?: string;
            token?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            expires_at: string;
            certificate_fingerprint?: string;
        };
        Keychain: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            name: string;
            description: string;
            organizationId: string | null;
            owner: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            organization_id: string | null;
        };
        KeychainDraft: {
            name: string;
            description?: string | null;
            /** Format: uuid */
            organizationId?: string;
            /** @default [] */
            keyIds: string[];
            /** Format: uuid */
            organization_id?: string;
            /** @default [] */
            key_ids: string[];
        };
        KeychainPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            keychains: components["schemas"]["Keychain"][];
            page_size: number;
            total_count: number;
        };
        KeychainPatch: {
            name?: string;
            description?: string | null;
        };
        KubeconfigUpload: {
            k8sfile: string;
            contexts?: string;
            selectedContexts?: string;
            contextName?: string;
            /** @enum {string} */
            meshsync_deployment_mode?: "operator" | "embedded";
        };
        KubernetesContext: {
            id: string;
            name: string;
            server: string;
            version: string;
            reachable: boolean;
            kubernetesServerId: string;
            deploymentType: string;
            meshsyncDeploymentMode: string;
            connectionId: string;
            kubernetes_server_id: string;
            deployment_type: string;
            meshsync_deployment_mode: string;
            connection_id: string;
        } & {
            [key: string]: unknown;
        };
        KubernetesContextPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            contexts: components["schemas"]["KubernetesContext"][];
            page_size: number;
            total_count: number;
        };
        KubernetesContexts: components["schemas"]["KubernetesContext"][];
        LogFiles: {
            files: {
                id: string;
                size: number;
                /** Format: date-time */
                updatedAt: string;
                /** Format: date-time */
                updated_at: string;
            }[];
        };
        LogLevel: {
            /** @enum {string} */
            level: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
        };
        LogLevelNow: {
            level: string;
        };
        LogLevels: {
            /** @enum {string} */
            level: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
            /** @default {} */
            modules: {
                [key: string]: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
            };
        };
        LogLevelsNow: {
            /** @enum {string} */
            level: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
            /** @default {} */
            modules: {
                [key: string]: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
            };
            knownModules: string[];
            lasts: string;
        };
        MemberPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            users: components["schemas"]["User"][];
            page_size: number;
            total_count: number;
        };
        Message: {
            message: string;
        };
        MetricNames: {
            /** @constant */
            status: "success";
            data: string[];
        };
        ModelPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            models: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                name: string;
                displayName: string;
                status: string;
                version: string;
                metadata: {
                    [key: string]: unknown;
                };
                description: string;
                subCategory: string;
                /** @constant */
                schemaVersion: "models.meshery.io/v1beta2";
                model: {
                    version: string;
                };
                /** Format: uuid */
                registrantId: string;
                registrant: {
                    [key: string]: unknown;
                };
                /** Format: uuid */
                categoryId: string;
                category: {
                    [key: string]: unknown;
                };
                componentsCount: number;
                relationshipsCount: number;
                duplicates: number;
                components: {
                    [key: string]: unknown;
                }[];
                relationships: {
                    [key: string]: unknown;
                }[];
            }[];
            page_size: number;
            total_count: number;
        };
        Operation: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            kind: string;
            organizationId: string | null;
            owner: string;
            /** @enum {string} */
            state: "running" | "succeeded" | "failed" | "cancelled";
            progress: number;
            targets: {
                id: string;
                name: string;
                /** @enum {string} */
                state: "running" | "succeeded" | "failed" | "cancelled";
                message: string;
            }[];
            error: {
                code: string;
                message: string;
            } | null;
            isCancelRequested: boolean;
            finishedAt: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            organization_id: string | null;
            is_cancel_requested: boolean;
            finished_at: string | null;
        };
        OperationPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            operations: components["schemas"]["Operation"][];
            page_size: number;
            total_count: number;
        };
        Organization: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            name: string;
            description: string;
            country: string;
            region: string;
            domain: string;
            owner: string;
            metadata: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        OrganizationDraft: {
            name: string;
            description?: string | null;
            /** @default  */
            country: string;
            /** @default  */
            region: string;
            /** @default  */
            domain: string;
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        OrganizationPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            organizations: components["schemas"]["Organization"][];
            page_size: number;
            total_count: number;
        };
        OrganizationPatch: {
            name?: string;
            description?: string | null;
            /** @default  */
            country: string;
            /** @default  */
            region: string;
            /** @default  */
            domain: string;
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        OrganizationRole: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            owner: string;
            roleName: string;
            description: string;
            organizationId: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            role_name: string;
            organization_id: string | null;
        };
        OrganizationRolePage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            roles: components["schemas"]["OrganizationRole"][];
            page_size: number;
            total_count: number;
        };
        OwnComponentPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            components: {
                /** @enum {string} */
                kind: "adapter" | "agent" | "bridge" | "broker" | "discovery" | "meshsync" | "operator" | "provider";
                location: string;
                clusterId: string;
                version: string;
                /** @enum {string} */
                state: "ready" | "failing";
                /** Format: date-time */
                firstNoted: string;
                lastSeen: string | null;
                lastError: {
                    code: string;
                    message: string;
                    /** Format: date-time */
                    at: string;
                } | null;
            }[];
            page_size: number;
            total_count: number;
        };
        Panels: {
            panels: ({
                query: string;
                title?: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        PerformanceTest: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            owner: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        } & {
            [key: string]: unknown;
        };
        PerformanceTestDraft: {
            id?: string | null;
            name: string;
            duration?: string | null;
            labels?: {
                [key: string]: unknown;
            } | null;
            clients?: {
                [key: string]: unknown;
            }[] | null;
        } & {
            [key: string]: unknown;
        };
        PermissionKeyPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            keys: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                owner: string;
                function: string;
                category: string;
                subcategory: string;
                description: string;
            }[];
            page_size: number;
            total_count: number;
        };
        PinnedBoards: {
            pinned: ({
                uid: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        PolicyPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            policies: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                /** Format: uuid */
                modelId: string;
                model: {
                    [key: string]: unknown;
                };
                modelReference: {
                    [key: string]: unknown;
                };
                kind: string;
                subType: string;
                version: string;
                expression: {
                    [key: string]: unknown;
                };
            }[];
            page_size: number;
            total_count: number;
        };
        Preferences: {
            anonymousUsageStats: boolean;
            anonymousPerfResults: boolean;
            /** Format: date-time */
            updatedAt?: string;
            anonymous_usage_stats: boolean;
            anonymous_perf_results: boolean;
            /** Format: date-time */
            updated_at?: string;
        } & {
            [key: string]: unknown;
        };
        PreferencesPatch: {
            meshAdapters?: unknown[] | null;
            grafana?: {
                [key: string]: unknown;
            } | null;
            prometheus?: {
                [key: string]: unknown;
            } | null;
            loadTestPrefs?: ({
                c?: number;
                qps?: number;
                t?: string;
                /** @enum {string} */
                gen?: "fortio" | "wrk2" | "nighthawk";
            } & {
                [key: string]: unknown;
            }) | null;
            anonymousUsageStats?: boolean | null;
            anonymousPerfResults?: boolean | null;
            dashboardPreferences?: {
                [key: string]: unknown;
            } | null;
            selectedOrganizationId?: string | null;
            selectedWorkspaceForOrganizations?: {
                [key: string]: unknown;
            } | null;
            usersExtensionPreferences?: {
                [key: string]: unknown;
            } | null;
            remoteProviderPreferences?: {
                [key: string]: unknown;
            } | null;
            mesh_adapters?: unknown[] | null;
            load_test_prefs?: ({
                c?: number;
                qps?: number;
                t?: string;
                /** @enum {string} */
                gen?: "fortio" | "wrk2" | "nighthawk";
            } & {
                [key: string]: unknown;
            }) | null;
            anonymous_usage_stats?: boolean | null;
            anonymous_perf_results?: boolean | null;
            dashboard_preferences?: {
                [key: string]: unknown;
            } | null;
            selected_organization_id?: string | null;
            selected_workspace_for_organizations?: {
                [key: string]: unknown;
            } | null;
            users_extension_preferences?: {
                [key: string]: unknown;
            } | null;
            remote_provider_preferences?: {
                [key: string]: unknown;
            } | null;
        } & {
            [key: string]: unknown;
        };
        Probe: {
            version: string;
        };
        PrometheusPing: {
            /** @constant */
            reachable: true;
            version: string;
        };
        PrometheusQueries: {
            start: string | number;
            end: string | number;
            step: string | number;
            queries: {
                id: string;
                query: string;
            }[];
        };
        QueryResults: {
            results: {
                id: string;
                response?: unknown;
                error?: string;
            }[];
        };
        RegistrantPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            registrants: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                name: string;
                kind: string;
                type: string;
                subType: string;
                schemaVersion: string;
                status: string;
                metadata: {
                    [key: string]: unknown;
                };
                url: string;
                description: string;
                summary: {
                    models: number;
                    components: number;
                    relationships: number;
                    policies: number;
                };
            }[];
            page_size: number;
            total_count: number;
        };
        RegistrationCancellation: {
            /** Format: uuid */
            id: string;
        };
        RegistrationEvent: {
            /** Format: uuid */
            id?: string;
            kind: string;
            /** @enum {string} */
            status: "initialize" | "discovery" | "register" | "connect" | "disconnect" | "ignore" | "delete" | "not found" | "noop" | "exit";
            name?: string;
            type?: string;
            subType?: string;
            url?: string;
            metadata?: {
                [key: string]: unknown;
            } | null;
            credentialSecret?: {
                [key: string]: unknown;
            } | null;
            credentialId?: string | null;
            skipCredentialVerification?: boolean;
            /** Format: uuid */
            organizationId?: string;
            sub_type?: string;
            credential_secret?: {
                [key: string]: unknown;
            } | null;
            credential_id?: string | null;
            skip_credential_verification?: boolean;
            /** Format: uuid */
            organization_id?: string;
        };
        RelationshipPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            relationships: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                /** Format: uuid */
                modelId: string;
                model: {
                    [key: string]: unknown;
                };
                modelReference: {
                    [key: string]: unknown;
                };
                kind: string;
                subType: string;
                version: string;
                type: string;
                status: string;
                metadata: {
                    [key: string]: unknown;
                };
                evaluationQuery: string;
                /** @constant */
                schemaVersion: "relationships.meshery.io/v1beta3";
                selectors: {
                    [key: string]: unknown;
                }[];
                capabilities: {
                    [key: string]: unknown;
                }[];
            }[];
            page_size: number;
            total_count: number;
        };
        ResourceList: {
            page: number;
            pageSize: number;
            totalCount: number;
            resources: {
                id: string;
                apiVersion: string;
                kind: string;
                model?: string;
                metadata: {
                    name: string;
                    namespace?: string;
                    uid: string;
                    resourceVersion: string;
                    creationTimestamp?: string;
                    labels?: {
                        id: string;
                        unique_id: string;
                        /** @enum {string} */
                        kind: "label" | "annotation";
                        key: string;
                        value: string;
                    }[];
                    annotations?: {
                        id: string;
                        unique_id: string;
                        /** @enum {string} */
                        kind: "label" | "annotation";
                        key: string;
                        value: string;
                    }[];
                };
                cluster_id: string;
                /** Format: date-time */
                staleSince?: string;
                spec?: {
                    id: string;
                    attribute: string;
                };
                status?: {
                    id: string;
                    attribute: string;
                };
            }[];
            design: null;
            next?: string;
            seq: number;
        } | {
            /** @constant */
            apiVersion: "v1";
            /** @constant */
            kind: "List";
            items: {
                [key: string]: unknown;
            }[];
        };
        ResourceOrObject: {
            id: string;
            /** @constant */
            schemaVersion: "components.meshery.io/v1beta3";
            version: string;
            displayName: string;
            description: string;
            format: string;
            status: string;
            styles: {
                [key: string]: unknown;
            };
            capabilities: {
                [key: string]: unknown;
            }[];
            component: {
                kind: string;
                version: string;
                schema: string;
            };
            model: {
                [key: string]: unknown;
            };
            modelReference: {
                [key: string]: unknown;
            };
            metadata: {
                [key: string]: unknown;
            };
            configuration: {
                [key: string]: unknown;
            };
        } | {
            id: string;
            apiVersion: string;
            kind: string;
            model?: string;
            metadata: {
                name: string;
                namespace?: string;
                uid: string;
                resourceVersion: string;
                creationTimestamp?: string;
                labels?: {
                    id: string;
                    unique_id: string;
                    /** @enum {string} */
                    kind: "label" | "annotation";
                    key: string;
                    value: string;
                }[];
                annotations?: {
                    id: string;
                    unique_id: string;
                    /** @enum {string} */
                    kind: "label" | "annotation";
                    key: string;
                    value: string;
                }[];
            };
            cluster_id: string;
            /** Format: date-time */
            staleSince?: string;
            spec?: {
                id: string;
                attribute: string;
            };
            status?: {
                id: string;
                attribute: string;
            };
        } | {
            [key: string]: unknown;
        };
        ResourceSummary: {
            kinds: {
                Kind: string;
                Model: string;
                Count: number;
            }[];
            namespaces: string[];
            labels: {
                key: string;
                value: string;
            }[];
        };
        RoleDraft: {
            roleName?: string;
            description?: string | null;
            role_name?: string;
        } & (unknown | unknown);
        ServiceMeshes: {
            availableMeshes: string[];
            available_meshes: string[];
        };
        ServiceTokenDraft: {
            name: string;
            /**
             * @default viewer
             * @enum {string}
             */
            role: "viewer" | "editor" | "admin";
            /** @default 90 */
            expiresInDays: number;
            certificateFingerprint?: string;
            /** @default 90 */
            expires_in_days: number;
            certificate_fingerprint?: string;
        };
        ServiceTokenPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            tokens: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                owner: string;
                name: string;
                /** @enum {string} */
                role: "viewer" | "editor" | "admin";
                /** Format: date-time */
                expiresAt: string;
                certificateFingerprint?: string;
            }[];
            page_size: number;
            total_count: number;
        };
        SignInCode: {
            code: string;
        };
        SignInPath: {
            path: string;
        };
        SignedOut: {
            /** @description Where the browser ends its session with the OpenID Connect issuer. */
            endSession?: string;
        };
        Team: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: uuid */
            organizationId: string;
            owner: string;
            name: string;
            description: string;
            metadata: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            organization_id: string;
        };
        TeamDraft: {
            name: string;
            description?: string | null;
            /** Format: uuid */
            organizationId?: string;
            metadata?: {
                [key: string]: unknown;
            } | null;
            /** Format: uuid */
            organization_id?: string;
        } & (unknown | unknown);
        TeamPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            teams: components["schemas"]["Team"][];
            page_size: number;
            total_count: number;
        };
        TeamPatch: {
            name?: string;
            description?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        TelemetryAnswer: unknown;
        TokenFile: {
            "meshery-provider": string;
            token: string;
        };
        User: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            userId: string;
            provider: string;
            name: string;
            email: string;
            firstName: string;
            lastName: string;
            avatarUrl: string;
            /** @enum {string} */
            status: "active" | "inactive" | "pending" | "anonymous";
            roles: string[];
            roleNames: string[];
            bio: string;
            country: {
                [key: string]: unknown;
            };
            region: {
                [key: string]: unknown;
            };
            socials: {
                site: string;
                link: string;
            }[];
            lastLoginTime?: string | null;
            firstLoginTime?: string | null;
            teams?: {
                teamsWithRoles: ({
                    id: string;
                    name: string;
                    description: string;
                    roleNames: string[];
                } & {
                    [key: string]: unknown;
                })[];
                totalCount: number;
            } & {
                [key: string]: unknown;
            };
            organizations?: {
                organizationsWithRoles: ({
                    id: string;
                    name: string;
                    description: string;
                    roleNames: string[];
                } & {
                    [key: string]: unknown;
                })[];
                totalCount: number;
            } & {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            user_id: string;
            first_name: string;
            last_name: string;
            avatar_url: string;
            role_names: string[];
            last_login_time?: string | null;
            first_login_time?: string | null;
        };
        UserDraft: {
            name: string;
            /** @default  */
            email: "" | string;
            /** @default  */
            firstName: string;
            /** @default  */
            lastName: string;
            /** @default  */
            bio: string;
            /** @default {} */
            country: {
                [key: string]: unknown;
            };
            /** @default {} */
            region: {
                [key: string]: unknown;
            };
            /** @default [] */
            socials: {
                site: string;
                /** Format: uri */
                link: string;
            }[];
            /** @default viewer */
            role: string;
            /** Format: uuid */
            organizationId?: string;
            /** @default  */
            first_name: string;
            /** @default  */
            last_name: string;
            /** Format: uuid */
            organization_id?: string;
        };
        UserPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            data: components["schemas"]["User"][];
            page_size: number;
            total_count: number;
        };
        UserPatch: {
            name?: string;
            email?: "" | string;
            firstName?: string;
            lastName?: string;
            bio?: string;
            country?: {
                [key: string]: unknown;
            };
            region?: {
                [key: string]: unknown;
            };
            socials?: {
                site: string;
                /** Format: uri */
                link: string;
            }[];
            role?: string;
            /** @enum {string} */
            status?: "active" | "inactive";
            first_name?: string;
            last_name?: string;
        };
        Version: {
            version: string;
            build: string;
            commitsha: string;
            releaseChannel: string;
            release_channel: string;
            latest: string;
            outdated: boolean;
        };
        View: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: uuid */
            organizationId: string;
            owner: string;
            name: string;
            /** @enum {string} */
            visibility: "private" | "public";
            filters: {
                [key: string]: unknown;
            };
            metadata: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            organization_id: string;
        };
        ViewDraft: {
            name: string;
            /** Format: uuid */
            organizationId?: string;
            /**
             * @default private
             * @enum {string}
             */
            visibility: "private" | "public";
            filters?: {
                [key: string]: unknown;
            } | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            /** Format: uuid */
            organization_id?: string;
        } & (unknown | unknown);
        ViewPage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            views: components["schemas"]["View"][];
            page_size: number;
            total_count: number;
        };
        ViewPatch: {
            name?: string;
            /** @enum {string} */
            visibility?: "private" | "public";
            filters?: {
                [key: string]: unknown;
            } | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        WholeConnection: components["schemas"]["Connection"] & {
            modelReference: {
                [key: string]: unknown;
            };
            model_reference: {
                [key: string]: unknown;
            };
            transitionMap: {
                [key: string]: {
                    /** @enum {string} */
                    nextState: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                    description: string;
                }[];
            };
            connectionSchema: {
                [key: string]: unknown;
            };
            connection_schema: {
                [key: string]: unknown;
            };
            credentialSchema: {
                [key: string]: unknown;
            } | null;
            credential_schema: {
                [key: string]: unknown;
            } | null;
            environments?: components["schemas"]["Environment"][];
        };
        Workspace: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: uuid */
            organizationId: string;
            owner: string;
            name: string;
            description: string;
            metadata: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            organization_id: string;
        };
        WorkspaceDraft: {
            name: string;
            description?: string | null;
            /** Format: uuid */
            organizationId?: string;
            metadata?: {
                [key: string]: unknown;
            } | null;
            /** Format: uuid */
            organization_id?: string;
        } & (unknown | unknown);
        WorkspacePage: {
            page: number;
            pageSize: number;
            totalCount: number;
            /** @description Where the next page goes on: "after" of its request. */
            next?: string;
            workspaces: components["schemas"]["Workspace"][];
            page_size: number;
            total_count: number;
        };
        WorkspacePatch: {
            name?: string;
            description?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
    };
    responses: {
        /** @description A parameter or the body is wrong; nothing was changed. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-core-1001" | "meshery-kube-1300" | "meshery-kube-1301" | "meshery-kube-1302" | "meshery-kube-1311" | "meshery-discovery-1400" | "meshery-messaging-1503" | "meshery-connection-1701" | "meshery-connection-1704" | "meshery-connection-1709" | "meshery-store-1607";
                };
            };
        };
        /** @description Nobody is signed in, or the token is not valid any more. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-auth-1200" | "meshery-auth-1201" | "meshery-auth-1203" | "meshery-kube-1304" | "meshery-messaging-1506" | "meshery-auth-1207";
                };
            };
        };
        /** @description Whoever is signed in may not do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-auth-1202" | "meshery-auth-1204" | "meshery-auth-1205" | "meshery-kube-1305" | "meshery-kube-1308" | "meshery-kube-1321" | "meshery-messaging-1505" | "meshery-connection-1706" | "meshery-auth-1206";
                };
            };
        };
        /** @description There is no such thing, or it is hidden from whoever asks. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-core-1002" | "meshery-kube-1313" | "meshery-provider-2000";
                };
            };
        };
        /** @description It does not go together with what is there. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-core-1007" | "meshery-kube-1310" | "meshery-kube-1315" | "meshery-discovery-1401" | "meshery-discovery-1403" | "meshery-messaging-1510" | "meshery-operations-1801" | "meshery-connection-1700" | "meshery-store-1606" | "meshery-store-1608" | "meshery-connection-1707" | "meshery-registry-2102" | "meshery-registry-2103" | "meshery-registry-2104";
                };
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-core-1006" | "meshery-discovery-1402" | "meshery-messaging-1502" | "meshery-registry-2101";
                };
            };
        };
        /** @description There were too many requests, or too many wrong ones; wait. */
        TooMany: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-core-1005" | "meshery-core-1010";
                };
            };
        };
        /** @description The test that was asked for failed, or the server is set up wrongly. */
        FailedTest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-config-1100" | "meshery-config-1101" | "meshery-config-1102" | "meshery-config-1103" | "meshery-kube-1307" | "meshery-store-1601" | "meshery-store-1603" | "meshery-store-1604" | "meshery-connection-1702" | "meshery-connection-1703" | "meshery-connection-1710" | "meshery-connection-1711" | "meshery-connection-1712" | "meshery-connection-1713" | "meshery-connection-1714" | "meshery-connection-1715" | "meshery-connection-1716" | "meshery-connection-1717" | "meshery-connection-1718" | "meshery-connection-1719" | "meshery-provider-2002";
                };
            };
        };
        /** @description This version of the server cannot do it yet; nothing was changed. */
        NotYet: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-core-1009";
                };
            };
        };
        /** @description What is needed for it does not answer now. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "meshery-core-1004" | "meshery-core-1008" | "meshery-kube-1303" | "meshery-kube-1306" | "meshery-kube-1309" | "meshery-kube-1312" | "meshery-kube-1314" | "meshery-messaging-1500" | "meshery-messaging-1501" | "meshery-messaging-1507" | "meshery-messaging-1508" | "meshery-messaging-1509" | "meshery-store-1602" | "meshery-store-1605" | "meshery-operations-1800" | "meshery-connection-1705" | "meshery-provider-2001" | "meshery-connection-1708" | "meshery-auth-1208" | "meshery-connection-1725" | "meshery-registry-2100";
                };
            };
        };
        /** @description Any other error, in the same form. */
        OtherError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAuthKeychains: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeychainPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postAuthKeychains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeychainDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Keychain"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getAuthKeychainsByKeychainId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keychainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Keychain"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putAuthKeychainsByKeychainId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keychainId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeychainPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Keychain"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteAuthKeychainsByKeychainId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keychainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postAuthKeychainsByKeychainIdByKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keychainId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteAuthKeychainsByKeychainIdByKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keychainId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getAuthKeychainsByKeychainIdKeys: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description function, category, subcategory; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path: {
                keychainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionKeyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getAuthKeys: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description function, category, subcategory; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionKeyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postContentDesignShare: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postContentFilterShare: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getContentViews: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postContentViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getContentViewsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putContentViewsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteContentViewsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getEnvironments: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postEnvironments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvironmentDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getEnvironmentsByEnvironmentIdConnections: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt, kind, status, type, subType; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
                /** @description Only of these kinds: several with commas in between. */
                kind?: string;
                /** @description Only of these types: several with commas in between. */
                type?: string;
                /** @description Only in this status; may be repeated. */
                status?: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                /** @description Only those of exactly this name. */
                name?: string;
                /** @description What is assigned, which is usual, or what could still be assigned. */
                filter?: "{\"assigned\":true}" | "{\"assigned\":false}";
            };
            header?: never;
            path: {
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignedConnectionPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postEnvironmentsByEnvironmentIdConnectionsByConnectionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environmentId: string;
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignedConnectionPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteEnvironmentsByEnvironmentIdConnectionsByConnectionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environmentId: string;
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getEnvironmentsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putEnvironmentsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvironmentPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteEnvironmentsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getEvents: {
        parameters: {
            query: {
                /** @description Whose format. */
                client: "cli_deploy" | "cli_validate";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getExplorer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getExtensionVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getExtensions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putExtensions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postExtensions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteExtensions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getExtensionsByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putExtensionsByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postExtensionsByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteExtensionsByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getFilter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postFilter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getFilterById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteFilterById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getFilterCatalog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postFilterCatalogPublish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteFilterCatalogUnpublish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postFilterCloneById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postFilterDeploy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteFilterDeploy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getFilterDownloadById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityOrgs: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description All on one page. */
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityOrgs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityOrgsByOrgID: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putIdentityOrgsByOrgID: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIdentityOrgsByOrgID: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityOrgsByOrgIDRoles: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description roleName; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path: {
                orgID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationRolePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityOrgsByOrgIDRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationRole"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIdentityOrgsByOrgIDRolesByRoleId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
                roleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityOrgsByOrgIDRolesByRoleIdKeychains: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path: {
                orgID: string;
                roleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeychainPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityOrgsByOrgIDRolesByRoleIdKeychainsByKeychainId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
                roleId: string;
                keychainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIdentityOrgsByOrgIDRolesByRoleIdKeychainsByKeychainId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
                roleId: string;
                keychainId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityOrgsByOrgIDUsersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIdentityOrgsByOrgIDUsersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orgID: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityOrgsByOrgIDUsersKeys: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description function, category, subcategory; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path: {
                orgID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionKeyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityTeams: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityTeams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityTeamsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putIdentityTeamsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIdentityTeamsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityTeamsByIdUsers: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityTeamsByIdUsersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIdentityTeamsByIdUsersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityTokens: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceTokenPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceTokenDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedServiceToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIdentityTokensById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityUsers: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt, email, firstName, lastName, lastLoginTime, status; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    putIdentityUsersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIdentityUsersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postIdentityUsersByIdCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInPath"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityUsersProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getIdentityUsersProfileById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getIntegrationsConnections: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt, kind, status, type, subType; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
                /** @description Only of these kinds: several with commas in between. */
                kind?: string;
                /** @description Only of these types: several with commas in between. */
                type?: string;
                /** @description Only in this status; may be repeated. */
                status?: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                /** @description Only those of exactly this name. */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postIntegrationsConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeConnection"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    getIntegrationsConnectionsByConnectionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeConnection"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putIntegrationsConnectionsByConnectionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeConnection"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIntegrationsConnectionsByConnectionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postIntegrationsConnectionsByConnectionIdActions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionAction"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    postIntegrationsConnectionsByConnectionIdCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Check"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["FailedTest"];
            501: components["responses"]["NotYet"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    getIntegrationsConnectionsByConnectionIdControllers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionControllers"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getIntegrationsConnectionsByConnectionIdControllersConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putIntegrationsConnectionsByConnectionIdControllersConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ControllersConfig"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getIntegrationsConnectionsByConnectionIdHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionHistory"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postIntegrationsConnectionsByConnectionIdPing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["FailedTest"];
            501: components["responses"]["NotYet"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    postIntegrationsConnectionsRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegistrationEvent"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["FailedTest"];
            501: components["responses"]["NotYet"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIntegrationsConnectionsRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegistrationCancellation"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIntegrationsConnectionsRegisterByRegistrationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getIntegrationsCredentials: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt, type; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putIntegrationsCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CredentialPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    postIntegrationsCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CredentialDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteIntegrationsCredentials: {
        parameters: {
            query: {
                /** @description Id of the credential. */
                credentialId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getIntegrationsCredentialsByCredentialId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentialId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMesh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceMeshes"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelComponentsRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelsByEntityTypeStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityType: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsCategories: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsCategoriesByCategory: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsCategoriesByCategoryComponents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsCategoriesByCategoryComponentsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                category: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsCategoriesByCategoryModels: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, displayName, version, modelVersion, status, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only the model with this id. */
                id?: string;
                /** @description Only with this status. */
                status?: "enabled" | "ignored" | "duplicate";
                /** @description Only what this registrant brought: its id, kind or name. */
                registrant?: string;
                /** @description With the components of each model. */
                components?: boolean;
                /** @description With the relationships of each model. */
                relationships?: boolean;
            };
            header?: never;
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsCategoriesByCategoryModelsByModel: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, displayName, version, modelVersion, status, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only the model with this id. */
                id?: string;
                /** @description Only with this status. */
                status?: "enabled" | "ignored" | "duplicate";
                /** @description Only what this registrant brought: its id, kind or name. */
                registrant?: string;
                /** @description With the components of each model. */
                components?: boolean;
                /** @description With the relationships of each model. */
                relationships?: boolean;
            };
            header?: never;
            path: {
                category: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsCategoriesByCategoryModelsByModelComponents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                category: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsCategoriesByCategoryModelsByModelComponentsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                category: string;
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsComponents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelsComponents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsComponentsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsConnections: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, kind, type, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only of this type. */
                type?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDefinitionPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelsConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionDefinitionDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDefinition"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsConnectionsByConnectionDefinitionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionDefinitionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDefinition"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putMeshmodelsConnectionsByConnectionDefinitionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionDefinitionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionDefinitionDraft"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDefinition"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteMeshmodelsConnectionsByConnectionDefinitionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionDefinitionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelsGenerate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModels: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, displayName, version, modelVersion, status, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only the model with this id. */
                id?: string;
                /** @description Only with this status. */
                status?: "enabled" | "ignored" | "duplicate";
                /** @description Only what this registrant brought: its id, kind or name. */
                registrant?: string;
                /** @description With the components of each model. */
                components?: boolean;
                /** @description With the relationships of each model. */
                relationships?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModelsByModel: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, displayName, version, modelVersion, status, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only the model with this id. */
                id?: string;
                /** @description Only with this status. */
                status?: "enabled" | "ignored" | "duplicate";
                /** @description Only what this registrant brought: its id, kind or name. */
                registrant?: string;
                /** @description With the components of each model. */
                components?: boolean;
                /** @description With the relationships of each model. */
                relationships?: boolean;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteMeshmodelsModelsByModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModelsByModelComponents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModelsByModelComponentsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModelsByModelPolicies: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModelsByModelPoliciesByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModelsByModelPoliciesbyName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModelsByModelRelationships: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, type, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only of this type. */
                type?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsModelsByModelRelationshipsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, type, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only of this type. */
                type?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelsRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsRegistrants: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, kind, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrantPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getMeshmodelsRelationships: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, type, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only of this type. */
                type?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelsRelationships: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelsRelationshipsEvaluate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postMeshmodelsValidate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getPattern: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPattern: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPatternById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    putPatternById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPatternById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deletePatternById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPatternCatalog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPatternCatalogPublish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deletePatternCatalogUnpublish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPatternCloneById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPatternDeploy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deletePatternDeploy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPatternDownloadById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPatternDownloadByIdBySourcetype: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                sourcetype: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPatternImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPatternTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPatternsDelete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPerfProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPerfProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPerfProfileResult: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPerfProfileResultById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPerformanceProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postPerformanceProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPerformanceProfilesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deletePerformanceProfilesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPerformanceProfilesByIdResults: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getPerformanceResults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getProvider: {
        parameters: {
            query?: {
                /** @description Key of the provider, as GET /api/providers lists it. */
                provider?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    postProvider: {
        parameters: {
            query?: {
                /** @description Key of the provider, as GET /api/providers lists it. */
                provider?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getProviderCapabilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getProviderExtension: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putProviderExtension: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postProviderExtension: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteProviderExtension: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getProviderExtensionByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putProviderExtensionByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postProviderExtensionByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteProviderExtensionByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postProviderExtensionInstall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postProviderExtensionRemove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getProvidersStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    postRegistryByEntityTypeStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityType: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryCategories: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryCategoriesByCategory: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryCategoriesByCategoryComponents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryCategoriesByCategoryComponentsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                category: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryCategoriesByCategoryModels: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, displayName, version, modelVersion, status, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only the model with this id. */
                id?: string;
                /** @description Only with this status. */
                status?: "enabled" | "ignored" | "duplicate";
                /** @description Only what this registrant brought: its id, kind or name. */
                registrant?: string;
                /** @description With the components of each model. */
                components?: boolean;
                /** @description With the relationships of each model. */
                relationships?: boolean;
            };
            header?: never;
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryCategoriesByCategoryModelsByModel: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, displayName, version, modelVersion, status, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only the model with this id. */
                id?: string;
                /** @description Only with this status. */
                status?: "enabled" | "ignored" | "duplicate";
                /** @description Only what this registrant brought: its id, kind or name. */
                registrant?: string;
                /** @description With the components of each model. */
                components?: boolean;
                /** @description With the relationships of each model. */
                relationships?: boolean;
            };
            header?: never;
            path: {
                category: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryCategoriesByCategoryModelsByModelComponents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                category: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryCategoriesByCategoryModelsByModelComponentsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                category: string;
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryComponents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postRegistryComponents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryComponentsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryConnections: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, kind, type, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only of this type. */
                type?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDefinitionPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postRegistryConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionDefinitionDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDefinition"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryConnectionsByConnectionDefinitionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionDefinitionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDefinition"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putRegistryConnectionsByConnectionDefinitionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionDefinitionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionDefinitionDraft"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDefinition"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteRegistryConnectionsByConnectionDefinitionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionDefinitionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postRegistryGenerate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryModels: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, displayName, version, modelVersion, status, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only the model with this id. */
                id?: string;
                /** @description Only with this status. */
                status?: "enabled" | "ignored" | "duplicate";
                /** @description Only what this registrant brought: its id, kind or name. */
                registrant?: string;
                /** @description With the components of each model. */
                components?: boolean;
                /** @description With the relationships of each model. */
                relationships?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryModelsByModel: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, displayName, version, modelVersion, status, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only the model with this id. */
                id?: string;
                /** @description Only with this status. */
                status?: "enabled" | "ignored" | "duplicate";
                /** @description Only what this registrant brought: its id, kind or name. */
                registrant?: string;
                /** @description With the components of each model. */
                components?: boolean;
                /** @description With the relationships of each model. */
                relationships?: boolean;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteRegistryModelsByModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryModelsByModelComponents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryModelsByModelComponentsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description displayName, kind, apiVersion, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description What is only drawn: along, alone, or left out. */
                annotations?: "include" | "true" | "false";
                /** @description Without the schemas of components. */
                trim?: boolean;
                /** @description Only of this API version. */
                apiVersion?: string;
            };
            header?: never;
            path: {
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryModelsByModelPolicies: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryModelsByModelPoliciesByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryModelsByModelRelationships: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, type, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only of this type. */
                type?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryModelsByModelRelationshipsByName: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, type, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only of this type. */
                type?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path: {
                model: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postRegistryRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryRegistrants: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, kind, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrantPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getRegistryRelationships: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, type, subType, version, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only of models that define this version. */
                version?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only of this type. */
                type?: string;
                /** @description Only with this subtype. */
                subType?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postRegistryRelationships: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postRegistryRelationshipsEvaluate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postRegistryValidate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getSchemaResourceByResourceName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resourceName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getSmiResults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getSmiResultsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemAdapterManage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdapterAddition"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adapters"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteSystemAdapterManage: {
        parameters: {
            query: {
                /** @description HOST:PORT of an adapter that is connected. */
                adapter: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adapters"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemAdapterOperation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdapterOperation"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemAdapterStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdapterStatus"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterStatusAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemAdapters: {
        parameters: {
            query?: {
                /** @description HOST:PORT of an adapter that is connected. */
                adapter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adapters"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemAudit: {
        parameters: {
            query?: {
                /** @description The sequence of the last line that is known. */
                after?: number;
                /** @description Lines at most. */
                pagesize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditLines"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemAuditCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheck"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemAvailableAdapters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailableAdapters"];
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getSystemClusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clusters"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemComponents: {
        parameters: {
            query?: {
                /** @description May be repeated. */
                kind?: "adapter" | "agent" | "bridge" | "broker" | "discovery" | "meshsync" | "operator" | "provider";
                /** @description May be repeated. */
                state?: "ready" | "failing";
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description kind, location, lastSeen; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnComponentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemControllersBrokerStatus: {
        parameters: {
            query: {
                /** @description Id of the connection. */
                connectionId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControllerInfo"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemControllersConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    putSystemControllersConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ControllersConfig"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemControllersDiagnostics: {
        parameters: {
            query: {
                /** @description Id of the connection. */
                connectionId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemControllersMeshsyncStatus: {
        parameters: {
            query: {
                /** @description Id of the connection. */
                connectionId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControllerInfo"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemControllersOperatorStatus: {
        parameters: {
            query: {
                /** @description Id of the connection. */
                connectionId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControllerStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemControllersStatusSubscribe: {
        parameters: {
            query?: {
                /** @description Id of a connection; may be repeated. */
                connectionIds?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemDatabase: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, type, count; then "asc" or "desc" after a space. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatabaseSummary"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteSystemDatabaseReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemEvents: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description The "next" of the page before; not with "page". */
                after?: number;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description createdAt, updatedAt, severity, category, action, sequence; then "asc" or "desc" after a space. */
                order?: string;
                /** @description JSON array of texts. */
                category?: string;
                /** @description JSON array of texts. */
                action?: string;
                /** @description JSON array of severities: emergency, alert, critical, error, warning, informational, debug, success. */
                severity?: string;
                /** @description JSON array of texts. */
                actedUpon?: string;
                /** @description Only read or unread ones. */
                status?: "read" | "unread";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteSystemEventsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteSystemEventsBulk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventIds"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemEventsConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    putSystemEventsConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventLogLevel"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    putSystemEventsStatusById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventStatus"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    putSystemEventsStatusBulk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventStatuses"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemEventsSubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemEventsTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemFileDownload: {
        parameters: {
            query: {
                /** @description Id of the file. */
                file: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemFileView: {
        parameters: {
            query: {
                /** @description Id of the file. */
                file: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemGraphqlPlayground: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemGraphqlPlayground: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemGraphqlQuery: {
        parameters: {
            query?: {
                /** @description The query. */
                query?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphqlAnswer"];
                };
            };
            /** @description The request is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphqlAnswer"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemGraphqlQuery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GraphqlRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphqlAnswer"];
                };
            };
            /** @description The request is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphqlAnswer"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemKubernetes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["KubeconfigUpload"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContextImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemKubernetesContexts: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt, kind, status, type, subType; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
                /** @description Only of these types: several with commas in between. */
                type?: string;
                /** @description Only in this status; may be repeated. */
                status?: "discovered" | "registered" | "connected" | "ignored" | "maintenance" | "disconnected" | "deleted" | "not found";
                /** @description Only those of exactly this name. */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KubernetesContextPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemKubernetesContexts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["KubeconfigUpload"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KubernetesContexts"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemKubernetesContextsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KubernetesContext"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteSystemKubernetesContextsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemKubernetesPing: {
        parameters: {
            query: {
                /** @description Id of the connection. */
                connectionId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["FailedTest"];
            501: components["responses"]["NotYet"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemKubernetesRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["KubeconfigUpload"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedRegistration"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    putSystemLogLevel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogLevel"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLevelNow"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemLogLevels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLevelsNow"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["OtherError"];
        };
    };
    putSystemLogLevels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogLevels"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLevelsNow"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemLogs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogFiles"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemMeshsyncResources: {
        parameters: {
            query?: {
                /** @description JSON array of cluster ids; ["all"] selects every cluster, nothing selects none. */
                clusterIds?: string;
                /** @description Any of these kinds. */
                kind?: string[];
                /** @description Any of these namespaces. */
                namespace?: string[];
                /** @description Any of these versions. */
                apiVersion?: string[];
                /** @description Any of these models. */
                model?: string[];
                /** @description All of these labels, as key=value. */
                label?: string[];
                /** @description Text that the name contains. */
                search?: string;
                /** @description With spec. */
                spec?: boolean;
                /** @description With status. */
                status?: boolean;
                /** @description With annotations. */
                annotations?: boolean;
                /** @description With labels. */
                labels?: boolean;
                /** @description Which page, from 0; not with "after". */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number;
                /** @description The "next" of the page before. */
                after?: string;
                /** @description name, kind, namespace, api_version, creation_timestamp, model; then "asc" or "desc" after a space. */
                order?: string;
                /** @description As Kubernetes has it. */
                format?: "kubernetes";
                /** @description As a design; this version answers 501. */
                asDesign?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemMeshsyncResourcesById: {
        parameters: {
            query?: {
                /** @description As a row of the list, or as Kubernetes has it. */
                format?: "row" | "kubernetes";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceOrObject"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteSystemMeshsyncResourcesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemMeshsyncResourcesSubscribe: {
        parameters: {
            query?: {
                /** @description JSON array of cluster ids; ["all"] selects every cluster, nothing selects none. */
                clusterIds?: string;
                /** @description Any of these kinds. */
                kind?: string[];
                /** @description Any of these namespaces. */
                namespace?: string[];
                /** @description Any of these versions. */
                apiVersion?: string[];
                /** @description Any of these models. */
                model?: string[];
                /** @description All of these labels, as key=value. */
                label?: string[];
                /** @description Text that the name contains. */
                search?: string;
                /** @description With spec. */
                spec?: boolean;
                /** @description With status. */
                status?: boolean;
                /** @description With annotations. */
                annotations?: boolean;
                /** @description With labels. */
                labels?: boolean;
                /** @description The last change that is known. */
                since?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemMeshsyncResourcesSummary: {
        parameters: {
            query: {
                /** @description These clusters; "all" means every one. */
                clusterId: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceSummary"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemOperations: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description createdAt, updatedAt, kind, state; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only in this state. */
                state?: "running" | "succeeded" | "failed" | "cancelled";
                /** @description Only of this kind. */
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemOperationsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postSystemOperationsByIdCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemSupportBundle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/gzip": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    getSystemVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryGrafanaByConnectionIDBoards: {
        parameters: {
            query?: {
                /** @description Text that the title contains. */
                search?: string;
            };
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryGrafanaByConnectionIDBoardsByUid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryGrafanaByConnectionIDDatasources: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryGrafanaByConnectionIDPing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrafanaPing"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryGrafanaByConnectionIDPinned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PinnedBoards"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postTelemetryGrafanaByConnectionIDPinned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinnedBoards"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PinnedBoards"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryGrafanaByConnectionIDQueryRange: {
        parameters: {
            query: {
                /** @description Uid of the data source. */
                ds: string;
                /** @description In PromQL. */
                query?: string;
                /** @description Seconds since 1970, or RFC 3339. */
                start?: string;
                /** @description As the start. */
                end?: string;
                /** @description Seconds, or a duration such as 15s. */
                step?: string;
            };
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postTelemetryGrafanaByConnectionIDQueryRangeBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrafanaQueries"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryResults"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryPrometheusByConnectionIDLabelValues: {
        parameters: {
            query: {
                /** @description Name of the label. */
                label: string;
                /** @description Only of series that this selects. */
                match?: string[];
            };
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryPrometheusByConnectionIDLabels: {
        parameters: {
            query?: {
                /** @description Only of series that this selects. */
                match?: string[];
            };
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryPrometheusByConnectionIDMetadata: {
        parameters: {
            query?: {
                /** @description Only of this metric. */
                metric?: string;
            };
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryPrometheusByConnectionIDMetrics: {
        parameters: {
            query?: {
                /** @description Text that the name contains. */
                search?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricNames"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryPrometheusByConnectionIDPanels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Panels"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postTelemetryPrometheusByConnectionIDPanels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Panels"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Panels"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryPrometheusByConnectionIDPing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrometheusPing"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryPrometheusByConnectionIDQuery: {
        parameters: {
            query?: {
                /** @description In PromQL. */
                query?: string;
                /** @description Seconds since 1970, or RFC 3339. */
                time?: string;
            };
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getTelemetryPrometheusByConnectionIDQueryRange: {
        parameters: {
            query?: {
                /** @description In PromQL. */
                query?: string;
                /** @description Seconds since 1970, or RFC 3339. */
                start?: string;
                /** @description As the start. */
                end?: string;
                /** @description Seconds, or a duration such as 15s. */
                step?: string;
            };
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postTelemetryPrometheusByConnectionIDQueryRangeBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionID: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrometheusQueries"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryResults"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenFile"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postUserLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserPerformanceProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postUserPerformanceProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserPerformanceProfilesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteUserPerformanceProfilesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserPerformanceProfilesByIdResults: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserPerformanceProfilesByIdRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserPerformanceProfilesResults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserPrefs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["OtherError"];
        };
    };
    postUserPrefs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserPrefsPerf: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only this one. */
                uuid?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postUserPrefsPerf: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PerformanceTestDraft"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerformanceTest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteUserPrefsPerf: {
        parameters: {
            query: {
                /** @description Id of the test. */
                uuid: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserProfileById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    postUserSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserSchedulesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteUserSchedulesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            501: components["responses"]["NotYet"];
            default: components["responses"]["OtherError"];
        };
    };
    getUserToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenFile"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    postUserToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getWorkspaces: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description Only what belongs to this organization. */
                orgId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspacePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postWorkspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceDraft"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    getWorkspacesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    putWorkspacesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspacePatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteWorkspacesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getWorkspacesByIdDesigns: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description What is assigned, which is usual, or what could still be assigned. */
                filter?: "{\"assigned\":true}" | "{\"assigned\":false}";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DesignPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postWorkspacesByIdDesignsByOtherId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                otherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DesignPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteWorkspacesByIdDesignsByOtherId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                otherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getWorkspacesByIdEnvironments: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description What is assigned, which is usual, or what could still be assigned. */
                filter?: "{\"assigned\":true}" | "{\"assigned\":false}";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postWorkspacesByIdEnvironmentsByOtherId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                otherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteWorkspacesByIdEnvironmentsByOtherId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                otherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getWorkspacesByIdTeams: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description What is assigned, which is usual, or what could still be assigned. */
                filter?: "{\"assigned\":true}" | "{\"assigned\":false}";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postWorkspacesByIdTeamsByOtherId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                otherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteWorkspacesByIdTeamsByOtherId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                otherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getWorkspacesByIdViews: {
        parameters: {
            query?: {
                /** @description Which page, from 0. */
                page?: number;
                /** @description Rows of a page. */
                pagesize?: number | "all";
                /** @description Goes on by position: "next" of a page, in the same order and without "page". */
                after?: string;
                /** @description Text that the name, or another searchable field, contains. */
                search?: string;
                /** @description name, createdAt, updatedAt; then "asc" or "desc" after a space. */
                order?: string;
                /** @description What is assigned, which is usual, or what could still be assigned. */
                filter?: "{\"assigned\":true}" | "{\"assigned\":false}";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    postWorkspacesByIdViewsByOtherId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                otherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteWorkspacesByIdViewsByOtherId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                otherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebAuthLocal: {
        parameters: {
            query?: {
                /** @description The code. */
                code?: string;
                /** @description Path to go to. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    postWebAuthLocal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInCode"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenFile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    postWebAuthLocalCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInPath"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebAuthLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getWebAuthOidc: {
        parameters: {
            query?: {
                /** @description Path to go to. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebAuthOidcCallback: {
        parameters: {
            query?: {
                /** @description What the issuer gave the browser. */
                code?: string;
                /** @description What the browser began with. */
                state?: string;
                /** @description Who answers. */
                iss?: string;
                /** @description Why the issuer lets nobody in. */
                error?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebAuthRedirect: {
        parameters: {
            query?: {
                /** @description The token. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebError: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            500: components["responses"]["FailedTest"];
            default: components["responses"]["OtherError"];
        };
    };
    putWebError: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["FailedTest"];
            default: components["responses"]["OtherError"];
        };
    };
    postWebError: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["FailedTest"];
            default: components["responses"]["OtherError"];
        };
    };
    deleteWebError: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["FailedTest"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebFaviconIco: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getWebHealthzLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getWebHealthzReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getWebMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getWebProvider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getWebProviderByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebProviderFaviconIco: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            default: components["responses"]["OtherError"];
        };
    };
    getWebUiPublicStaticImgMeshmodelsByRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebUserLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
    getWebUserLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads on to the address in the header Location. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["TooMany"];
            default: components["responses"]["OtherError"];
        };
    };
}
