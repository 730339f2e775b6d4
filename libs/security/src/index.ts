export { AccessTable, publicMethods, publicRoutes } from './access-table.ts';
export type { HttpMethod, PublicRoute } from './access-table.ts';
export { authFile, defaultAuthFilePath, localProviderName, writeAuthFile } from './auth-file.ts';
export type { AuthFile } from './auth-file.ts';
export { equalSecrets } from './constant-time.ts';
export { cookieValue, isLocalProvider, maxTokenLength, presentedCredential } from './credentials.ts';
export type { CredentialHeaders, PresentedCredential } from './credentials.ts';
export {
  hostNameOf,
  isAllowedHost,
  isLocalHostName,
  isLoopbackAddress,
  whyExchangeRefused,
  whyOriginRefused,
} from './peer-rules.ts';
export type { HostRule, PeerFacts } from './peer-rules.ts';
export { readPrivateFile, writePrivateFile } from './private-file.ts';
export { pathOf, redactText, redactValue } from './redact.ts';
export { RevocationList } from './revocation-list.ts';
export { SignInCodes, signInCodeLifeMs } from './sign-in-codes.ts';
export type { SignInCodesOptions } from './sign-in-codes.ts';
export { loadSigningKey, signingAlgorithm } from './signing-key.ts';
export type { SigningKey } from './signing-key.ts';
export { TokenAuthority, noIdentity, tokenAudience, tokenIssuer, tokenLifeMs } from './token-authority.ts';
export type { Session, TokenAuthorityOptions } from './token-authority.ts';
export { createAuthority, issueCertificate } from './local-authority.ts';
export type { CertificatePair, CertificatePurpose } from './local-authority.ts';
export { bridgeNameOf, bridgeUri } from './peer-certificate.ts';
export { hasRight } from './rights.ts';
export type { Right } from './rights.ts';
export { Sealer } from './sealing/sealer.ts';
export type { Seal, SealedPlace } from './sealing/sealer.ts';
export { findMasterKeys, loadMasterKeys, masterKeyBytes, masterKeyFile } from './sealing/master-keys.ts';
export type { MasterKey, MasterKeys } from './sealing/master-keys.ts';
export { IdTokenVerifier, idTokenAlgorithms, issuerAway } from './id-token.ts';
export type { IdTokenClaims, IdTokenVerifierOptions } from './id-token.ts';
