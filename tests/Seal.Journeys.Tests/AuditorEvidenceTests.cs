using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Seal.Ledger;
using Seal.Service.SignIn;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>What stands in the log for ever, and what the log still says when everything else is gone or was changed.</summary>
[Collection(OneAuditedService.Name)]
public sealed class AuditorEvidenceTests(SharedService shared) : IAsyncDisposable
{
    private const string Reason = "怀疑王芳的手机遗失 13800138000";

    private readonly NpgsqlDataSource _operator = DatabaseOperator.Open(shared.Service);

    private ApiClient Client => shared.Client;

    private EventLedger Ledger => shared.Ledger;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _operator.DisposeAsync();

    [Fact]
    public async Task No_event_holds_a_name_a_pin_a_reason_or_a_key()
    {
        var (company, seal, _) = await SealedAsync();
        (await company.SealAsync(seal, await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()), pin: "wrong-pin-9")).Code.ShouldBe("pin-wrong");
        (await Client.GiveAsync(Company.Representative, "FreezeSeal", seal, new() { ["reason"] = Reason })).Required();
        (await Client.GiveAsync("authority", "FreezeSeal", seal, new() { ["reason"] = Reason, ["order"] = "2026-33" })).Required();
        string[] forbidden =
        [
            Reason, "王芳", "13800138000", Company.Pin, "wrong-pin-9", "BEGIN ",
            .. DemoPeople.All.SelectMany(person => new[] { person.Name, person.IdentityNumber, person.Account + "\"" }),
        ];

        foreach (var recorded in await Ledger.ReadAllAsync(0, null, Ct).ToListAsync(Ct))
        {
            var leaf = Encoding.UTF8.GetString(recorded.ToLeaf());
            forbidden.Where(leaf.Contains).ShouldBeEmpty(leaf);
            var metadata = JsonNode.Parse(recorded.Metadata.Span)!;
            foreach (var who in new[] { "actor", "command", "channel" })
            {
                metadata[who]!.GetValue<string>().ShouldNotBeEmpty(leaf);
            }
        }
    }

    [Fact]
    public async Task Erasing_all_words_certificates_and_seal_data_leaves_the_log_and_its_verdicts()
    {
        var (company, seal, file) = await SealedAsync();
        using var stolen = await StolenKey.TakeAsync(shared.Service, seal);
        (await Client.GiveAsync("officer", "RevokeCertificate", stolen.Certificate.SerialNumberText.ToLowerInvariant(), new() { ["reason"] = "key-compromise" })).Required();
        var before = (await Ledger.CheckpointAsync(Ct)).Head;

        (await _operator.ExecuteAsync("delete from vault.rows where kind in ('text', 'certificate', 'edition', 'impression', 'holder-key')")).ShouldBePositive();

        (await Ledger.RecomputeAsync(Ct)).ShouldBe(before);
        var judged = await JudgeAsync(file);
        judged["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED", judged.ToJsonString());
        judged["signatures"]![0]!["checks"]!.AsArray().Single(row => row!["check"]!.GetValue<string>() == "ledger")!["result"]!.GetValue<string>().ShouldBe("passed");

        // What was revoked stays revoked, though the certificate is not there any more.
        shared.Service.Clock.Advance(TimeSpan.FromDays(1));
        (await JudgeAsync(await stolen.SealAsync(SampleDocuments.Pdf(), null)))["subIndication"]!.GetValue<string>().ShouldBe("REVOKED_NO_POE");
        Client.SignOut();
        (await Client.GetAsync("auditor", $"/api/seals/{seal}/history")).Required();
    }

    [Fact]
    public async Task A_changed_event_is_found_by_computing_the_root_anew()
    {
        var (_, _, file) = await SealedAsync();
        var signed = (await Ledger.CheckpointAsync(Ct)).Head;
        var last = signed.Size - 1;
        foreach (var tampering in new[]
        {
            "update ledger.events set body = convert_to(replace(convert_from(body, 'UTF8'), 'contract', 'finance'), 'UTF8')",
            "update ledger.events set metadata = convert_to(replace(convert_from(metadata, 'UTF8'), 'Online', 'Window'), 'UTF8')",
            $"update ledger.events set recorded_at = recorded_at + interval '1 microsecond' where position = {last}",
            $"update ledger.events set type = 'seal.lifted.v1' where position = {last}",
            $"delete from ledger.events where position = {last - 1}",
            $"delete from ledger.events where position = {last}",
            $"update ledger.events a set body = b.body from ledger.events b where a.position + b.position = {(2 * last) - 1} and a.position in ({last - 1}, {last})",
            $"insert into ledger.events select -1, stream, 9999, type, recorded_at, metadata, body, leaf_hash from ledger.events where position = {last}; update ledger.events set position = position - 1 where position = {last}",
            "update ledger.streams set name = 'seal/other' where id = (select max(id) from ledger.streams)",
        })
        {
            (await RecomputedAsync()).ShouldBe(signed);
            await using var safe = await LedgerCopy.TakeAsync(_operator);

            // Where the statement itself breaks a rule of the tables, that is notice enough.
            if (await _operator.TryAsync(tampering))
            {
                (await RecomputedAsync()).ShouldNotBe(signed, tampering);
                ((int)(await Client.VerifyAsync(file)).Status).ShouldBe(200, "a verdict is given all the same");
            }
        }

        (await RecomputedAsync()).ShouldBe(signed);
    }

    [Fact]
    public async Task A_log_that_does_not_continue_what_was_signed_is_not_signed()
    {
        var (company, seal, file) = await SealedAsync();
        var document = await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        foreach (var tampering in new[]
        {
            "update ledger.head set root = decode(repeat('ab', 32), 'hex')",
            "update ledger.head set size = size - 1",
            "delete from ledger.events where position > 20; update ledger.head set size = 21",
            "update ledger.events set leaf_hash = decode(repeat('ab', 32), 'hex')",
            "update ledger.events set leaf_hash = ''",
        })
        {
            await Ledger.CheckpointAsync(Ct);
            await using var safe = await LedgerCopy.TakeAsync(_operator);

            (await _operator.TryAsync(tampering)).ShouldBeTrue(tampering);
            if (tampering.Contains("leaf_hash", StringComparison.Ordinal))
            {
                // As long as the log stands still, the old checkpoint is still true.
                await company.SealAsync(seal, document);
            }

            await Should.ThrowAsync<LedgerCorruptException>(() => Ledger.CheckpointAsync(Ct), tampering);
            var judged = await JudgeAsync(file);
            judged["signatures"]![0]!["checks"]!.AsArray().Single(row => row!["check"]!.GetValue<string>() == "ledger")!["result"]!.GetValue<string>().ShouldNotBe("passed", tampering);
        }
    }

    [Fact]
    public async Task A_process_remembers_what_it_signed_when_the_rows_of_its_checkpoints_are_deleted()
    {
        await SealedAsync();
        await Ledger.CheckpointAsync(Ct);

        await using var safe = await LedgerCopy.TakeAsync(_operator);
        await _operator.ExecuteAsync("delete from ledger.checkpoints; update ledger.head set root = decode(repeat('ab', 32), 'hex')");

        await Should.ThrowAsync<LedgerCorruptException>(() => Ledger.CheckpointAsync(Ct));
    }

    [Fact]
    public async Task The_past_is_told_as_of_the_very_microsecond()
    {
        var (_, seal, _) = await SealedAsync();
        var freeze = (await Client.GiveAsync(Company.Representative, "FreezeSeal", seal, new() { ["reason"] = Reason })).Required();
        var frozenAt = freeze.Body["events"]!.AsArray()[^1]!["recordedAt"]!.GetValue<DateTimeOffset>();

        async Task<string> StatusAsync(DateTimeOffset at) => (await Client.GetAsync(
            Company.Representative, $"/api/seals/{seal}?at={Uri.EscapeDataString(at.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture))}")).Required().Body["state"]!["status"]!.GetValue<string>();

        (await StatusAsync(frozenAt)).ShouldBe("frozen");
        (await StatusAsync(frozenAt.AddTicks(-1))).ShouldBe("active");
        (await StatusAsync(frozenAt.AddTicks(1))).ShouldBe("frozen");
        (await StatusAsync(frozenAt.AddTicks(-TimeSpan.TicksPerMicrosecond))).ShouldBe("active");
    }

    private async Task<TreeHead?> RecomputedAsync()
    {
        try
        {
            return await Ledger.RecomputeAsync(Ct);
        }
        catch (LedgerCorruptException)
        {
            return null;
        }
    }

    private async Task<(Company Company, string Seal, byte[] File)> SealedAsync()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var signing = (await company.SealAsync(seal, await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).Required().Id;
        return (company, seal, await Client.FetchAsync(Company.Representative, signing));
    }

    private async Task<JsonObject> JudgeAsync(byte[] file)
    {
        var body = (await Client.VerifyAsync(file)).Required().Body;
        body["subIndication"] ??= "";
        return body;
    }
}
