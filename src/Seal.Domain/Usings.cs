// The base library has a System.ApplicationId, a relic of click-once deployment; here the word means an application for seals.
global using ApplicationId = Seal.Domain.Applications.ApplicationId;
