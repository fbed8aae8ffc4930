using Npgsql;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>What was recorded is not destroyed when the answer cannot be given.</summary>
[Collection(OneAuditedService.Name)]
public sealed class AuditorOutcomeTests(SharedService shared) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _operator = DatabaseOperator.Open(shared.Service);

    private ApiClient Client => shared.Client;

    public async ValueTask DisposeAsync()
    {
        await _operator.ExecuteAsync("delete from ledger.checkpoints");
        await _operator.DisposeAsync();
    }

    [Fact]
    public async Task A_sealed_file_whose_event_was_recorded_is_kept_when_its_proof_cannot_be_made()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        await BreakCheckpointsAsync();

        (await company.SealAsync(seal, document, sending: new() { WithLedgerProof = true })).ShouldBeRefused(503, "ledger-unavailable");

        var row = (await Client.GetAsync(Company.Representative, $"/api/usage?organisation={company.Uscc}")).Required().Body["items"]!.AsArray().Single()!;
        row["state"]!["status"]!.GetValue<string>().ShouldBe("sealed");
        (await Client.FetchAsync(Company.Representative, row["id"]!.GetValue<string>())).Length.ShouldBePositive();
    }

    [Fact]
    public async Task A_claimed_seal_can_be_used_when_the_proof_of_its_claim_could_not_be_made()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.IssueSealAsync("contract");
        await BreakCheckpointsAsync();

        (await Client.GiveAsync(Company.Representative, "ClaimSeal", seal, new() { ["pin"] = Company.Pin, ["device"] = "phone" }, new() { WithLedgerProof = true }))
            .ShouldBeRefused(503, "ledger-unavailable");

        (await company.SealAsync(seal, await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).Required();
    }

    // The ledger refuses to sign what does not continue its last checkpoint.
    private async Task BreakCheckpointsAsync()
    {
        await shared.Ledger.CheckpointAsync(TestContext.Current.CancellationToken);
        await _operator.ExecuteAsync("update ledger.checkpoints set root = decode(repeat('ab', 32), 'hex')");
    }
}
