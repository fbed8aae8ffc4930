namespace Seal.Journeys.Tests;

/// <summary>Tests that look at the evidence of one service, and some that change it and put it back.</summary>
[CollectionDefinition(Name)]
public sealed class OneAuditedService : ICollectionFixture<SharedService>
{
    public const string Name = "One audited service";
}
