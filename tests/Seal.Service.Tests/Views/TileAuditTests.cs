using Microsoft.Extensions.DependencyInjection;
using Seal.Cryptography.Notes;
using Seal.Ledger;
using Seal.Ledger.Auditing;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Views;

public sealed class TileAuditTests(RunningService running)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_auditor_finds_the_whole_ledger_in_order_over_http_under_both_keys()
    {
        var position = await AppendAsync();
        var keys = await running.Client.GetStringAsync("/ledger/keys", Ct);
        using var request = await running.AsAsync("auditor", HttpMethod.Get, "/");
        using var client = NewClient();
        client.DefaultRequestHeaders.Authorization = request.Headers.Authorization;
        await using var source = new HttpTileSource(client, TimeProvider.System);

        foreach (var key in keys.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var result = await Audit.RunAsync(source, new AuditOptions { Keys = [new Key(NoteVerifier.Parse(key))] }, null, Ct);

            result.Findings.ShouldBeEmpty();
            result.Entries.ShouldBeGreaterThan(position);
            result.SignaturesChecked.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_audit_without_an_auditors_token_cannot_read_the_ledger()
    {
        await AppendAsync();
        using var client = NewClient();
        await using var source = new HttpTileSource(client, TimeProvider.System);

        await Should.ThrowAsync<SourceUnreadableException>(Audit.RunAsync(source, new AuditOptions(), null, Ct));
    }

    private async Task<long> AppendAsync()
    {
        var write = new StreamWrite($"audit-test/{Guid.NewGuid()}", 0, [new EventData("audit-test.happened.v1", "{}"u8.ToArray())]);
        var ledger = running.Service.Services.GetRequiredService<EventLedger>();
        return (await ledger.AppendAsync(new AppendRequest([write], ReadOnlyMemory<byte>.Empty), Ct)).Events[0].Position;
    }

    private HttpClient NewClient() => new() { BaseAddress = new Uri(running.Client.BaseAddress!, "/ledger/") };

    private sealed class Key(NoteVerifier key) : INoteVerifier
    {
        public string Name => key.Name;

        public uint KeyId => key.KeyId;

        public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) => key.Verify(note, signature);
    }
}
