using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;
using Seal.Ledger;
using Seal.Service.Settings;
using Seal.Testing;

namespace Seal.Cli.Tests.Witnessing;

/// <summary>Tests that start a service of their own, when no other is left: a process can work with one token only.</summary>
[CollectionDefinition(nameof(AServiceAlone), DisableParallelization = true)]
public sealed class AServiceAlone;

/// <summary>A service with two real witnesses and one that is dead.</summary>
[Collection(nameof(AServiceAlone))]
public sealed class WitnessedServiceTests : IAsyncDisposable
{
    private readonly string _folder = TestFolder.Create();
    private readonly List<WitnessProcess> _witnesses = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _witnesses.ForEach(witness => witness.Dispose());
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Two_of_three_witnesses_are_enough_and_the_auditor_is_told_what_they_saw()
    {
        var keys = await FirstStartAsync();
        var (one, two) = (await WitnessAsync("one", keys), await WitnessAsync("two", keys));
        using var deadKey = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        var dead = new CosignatureVerifier("witness.example/dead", SignatureAlgorithm.Ed25519, deadKey.SubjectPublicKeyInfo).ToString();
        await using var service = await StartAsync(
            new() { Url = one.Url, Key = one.Key }, new() { Url = two.Url, Key = two.Key }, new() { Url = "http://127.0.0.1:1", Key = dead });

        var first = await WitnessedAsync(service, 1);
        foreach (var key in new[] { one, two }.Select(witness => CosignatureVerifier.Parse(witness.Key)))
        {
            var line = first.Signatures.Single(signature => signature.Name == key.Name && signature.KeyId == key.KeyId);
            key.Verify(Encoding.UTF8.GetBytes(first.Text), line.Signature.Span).ShouldBeTrue();
        }

        await one.KillAsync();
        var again = await WitnessAsync("one", keys, new Uri(one.Url).Authority);
        again.Key.ShouldBe(one.Key);
        await Company.RegisterAsync(service.Client);
        var newest = TreeHead.ParseCheckpointText(SignedNote.Parse(await service.Client.Http.GetStringAsync("/ledger/checkpoint", Ct)).Text).Head;
        await WitnessedAsync(service, newest.Size);
        await OperatorsSeeItAsync(service, newest.Size);
        await AuditorsSeeItAsync(service, keys, one.Key, two.Key, dead, newest.Size);
        await ReceiptsShowItAsync(service, keys, one.Key, two.Key, dead);
    }

    /// <summary>A verifier without a network sees in the receipt what the witnesses saw.</summary>
    private async Task ReceiptsShowItAsync(RunningService service, string keys, string one, string two, string dead)
    {
        var company = await Company.RegisterAsync(service.Client);
        var signing = (await company.SealAsync(await company.ClaimSealAsync("contract"), await service.Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).Required().Id;
        var document = Path.Combine(_folder, "contract.pdf");
        await File.WriteAllBytesAsync(document, await service.Client.FetchAsync(Company.Representative, signing), Ct);
        await WitnessedAsync(service, TreeHead.ParseCheckpointText(SignedNote.Parse(await service.Client.Http.GetStringAsync("/ledger/checkpoint", Ct)).Text).Head.Size);
        using var signIn = await service.Client.Http.PostAsJsonAsync("/api/sign-in", new { account = Company.Representative, password = "demo" }, Ct);
        var token = (await signIn.Content.ReadFromJsonAsync<JsonObject>(Ct))!["accessToken"]!.GetValue<string>();
        (await SealCommand.Run("receipt", signing, "--out", document + ".receipt", "--service", service.Url, "--token", token, "--key", keys)).ExitCode.ShouldBe(0);
        var roots = Path.Combine(_folder, "roots.pem");
        await File.WriteAllTextAsync(roots, await service.Client.Http.GetStringAsync("/pki/roots.pem", Ct), Ct);

        string[] verify = ["verify", document, "--json", "--trust", roots, "--key", keys];
        var witnessed = LedgerOf(await SealCommand.Run([.. verify, "--witness", one, "--witness", two]));
        witnessed["result"]!.GetValue<string>().ShouldBe("passed");
        witnessed["reason"]!["code"]!.GetValue<string>().ShouldBe("ledger-in-order-witnessed");
        witnessed["evidence"]!["witnesses"]!.GetValue<string>().ShouldSatisfyAllConditions(
            names => names.ShouldContain("witness.example/one 20"), names => names.ShouldContain("witness.example/two 20"));
        LedgerOf(await SealCommand.Run(verify))["reason"]!["code"]!.GetValue<string>().ShouldBe("ledger-in-order");
        LedgerOf(await SealCommand.Run([.. verify, "--witness", dead]))["reason"]!["code"]!.GetValue<string>().ShouldBe("receipt-not-witnessed");
        (await SealCommand.Run([.. verify, "--witness", one, "--witness", one, "--witnesses-needed", "2"])).ExitCode.ShouldBe(3);
    }

    private static JsonNode LedgerOf(Outcome answer) =>
        JsonNode.Parse(answer.Output)!["signatures"]![0]!["checks"]!.AsArray().Single(check => check!["check"]!.GetValue<string>() == "ledger")!;

    private static async Task OperatorsSeeItAsync(RunningService service, long size)
    {
        JsonNode witnesses;
        do
        {
            witnesses = (await service.Client.Http.GetFromJsonAsync<JsonNode>("/health/ready", Ct))!["witnesses"]!;
        }
        while (witnesses["witnessedSize"]?.GetValue<long>() < size);

        witnesses["needed"]!.GetValue<int>().ShouldBe(2);
        var each = witnesses["each"]!.AsArray().ToDictionary(one => one!["name"]!.GetValue<string>());
        each["witness.example/dead"]!["fault"]!.GetValue<string>().ShouldNotBeEmpty();
        each["witness.example/two"]!["fault"].ShouldBeNull();
        each["witness.example/two"]!["cosignedAt"].ShouldNotBeNull();
        var metrics = await service.Client.Http.GetStringAsync("/metrics", Ct);
        metrics.ShouldContain("seal_witnessed_size ");
        metrics.ShouldContain("seal_witnessed_age_seconds ");
        metrics.ShouldContain("seal_witness_failing{witness=\"witness.example/dead\"} 1");
    }

    private static async Task AuditorsSeeItAsync(RunningService service, string keys, string one, string two, string dead, long size)
    {
        using var signIn = await service.Client.Http.PostAsJsonAsync("/api/sign-in", new { account = "auditor", password = "demo" }, Ct);
        var token = (await signIn.Content.ReadFromJsonAsync<JsonObject>(Ct))!["accessToken"]!.GetValue<string>();
        string[] audit = ["audit", service.Url, "--key", keys, "--token", token, "--lang", "en", "--witness", one, "--witness", two];

        var fine = await SealCommand.Run(audit);
        fine.ExitCode.ShouldBe(0, fine.ToString());
        fine.Output.ShouldContain("entries are cosigned by the 2 witnesses needed.");
        fine.Output.ShouldContain($"witness.example/one saw {size} entries at 20");
        var missing = await SealCommand.Run([.. audit, "--witness", dead, "--json"]);
        missing.ExitCode.ShouldBe(1, missing.ToString());
        JsonNode.Parse(missing.Output)!["findings"]!.AsArray().Single()!["code"]!.GetValue<string>().ShouldBe("not-witnessed");
        JsonNode.Parse(missing.Output)!["witnesses"]!["seen"]!.AsArray().Count.ShouldBe(2);
        (await SealCommand.Run([.. audit, "--witness", dead, "--witnesses-needed", "2"])).ExitCode.ShouldBe(0);
        (await SealCommand.Run([.. audit, "--witnesses-needed", "3"])).ExitCode.ShouldBe(3);
        (await SealCommand.Run([.. audit, "--witness", "nonsense"])).ExitCode.ShouldBe(3);
    }

    /// <summary>The log's keys are made on its first start; without witnesses nothing is witnessed.</summary>
    private async Task<string> FirstStartAsync()
    {
        var keys = Path.Combine(_folder, "log-keys");
        await using (var service = await StartAsync())
        {
            await Company.RegisterAsync(service.Client);
            using var none = await service.Client.Http.GetAsync("/ledger/witnessed-checkpoint", Ct);
            none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await none.Content.ReadFromJsonAsync<JsonObject>(Ct))!["code"]!.GetValue<string>().ShouldBe("not-witnessed");
            await File.WriteAllTextAsync(keys, await service.Client.Http.GetStringAsync("/ledger/keys", Ct), Ct);
        }

        // The next start is in this process again: what it pooled leads to a server that is gone by then.
        NpgsqlConnection.ClearAllPools();
        return keys;
    }

    private Task<RunningService> StartAsync(params WitnessSettings[] witnesses) => RunningService.StartAsync(settings => settings with
    {
        Data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName,
        Ledger = settings.Ledger with { Witnesses = witnesses, WitnessesNeeded = 2, WitnessInterval = TimeSpan.FromMilliseconds(200) },
    });

    private async Task<WitnessProcess> WitnessAsync(string name, string keys, string listen = "127.0.0.1:0")
    {
        var witness = await WitnessProcess.StartAsync(Path.Combine(_folder, name), listen, keys);
        _witnesses.Add(witness);
        return witness;
    }

    private static async Task<SignedNote> WitnessedAsync(RunningService service, long size)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(Ct))
        {
            using var answer = await service.Client.Http.GetAsync("/ledger/witnessed-checkpoint", Ct);
            if (answer.IsSuccessStatusCode)
            {
                var note = SignedNote.Parse(await answer.Content.ReadAsStringAsync(Ct));
                if (TreeHead.ParseCheckpointText(note.Text).Head.Size >= size)
                {
                    return note;
                }
            }
        }

        throw new OperationCanceledException();
    }
}
