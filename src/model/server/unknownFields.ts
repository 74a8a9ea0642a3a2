/** A server's optional fields when nothing has told them: JSON drops what is undefined. */
export const UNKNOWN_FIELDS = {
  description: undefined,
  authenticationStatus: undefined,
  authConfigSummary: undefined,
  error: undefined,
  errorDetails: undefined,
  secureWebGateway: undefined,
  isSharedOauthCallbackEnabled: undefined,
  createdAt: undefined,
  createdBy: undefined,
  modifiedAt: undefined,
  modifiedBy: undefined,
  lastSynced: undefined,
  lastSuccessfulSync: undefined,
};
