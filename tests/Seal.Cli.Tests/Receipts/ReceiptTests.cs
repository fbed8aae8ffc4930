using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;
using Seal.Testing;

namespace Seal.Cli.Tests.Receipts;

/// <summary>Whether a seal was in order at that moment, told from a receipt alone.</summary>
[Collection(nameof(OneSealLife))]
public sealed class ReceiptTests(SealLife life)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ecdsa-p256", false)]
    [InlineData("rsa2048", false)]
    [InlineData("sm2", false)]
    [InlineData("sm2", true)]
    public async Task A_receipt_confirms_its_document_with_no_network(string algorithm, bool ofd)
    {
        var (document, receipt) = await SealedAsync($"{algorithm}-{ofd}", algorithm, ofd ? SampleDocuments.Ofd() : SampleDocuments.Pdf());

        var answer = await VerifyAsync(document, "--receipt", receipt, "--key", life.Keys);
        var signature = JsonNode.Parse(answer.Output)!["signatures"]![0]!;

        answer.ExitCode.ShouldBe(0, answer.ToString());
        Ledger(answer).ShouldBe(("passed", "ledger-in-order"), answer.ToString());
        signature["checks"]!.AsArray().Single(check => check!["check"]!.GetValue<string>() == "seal-data")!["result"]!.GetValue<string>().ShouldBe("passed", answer.Output);
        signature["seal"]!["stateAtSigning"]!.GetValue<string>().ShouldBe("active");
        signature["seal"]!["name"]!.GetValue<string>().ShouldEndWith("合同专用章");
    }

    [Fact]
    public async Task A_receipt_beside_the_document_is_found_and_needs_the_logs_key()
    {
        var (document, receipt) = await SealedAsync("beside");
        File.Copy(receipt, document + ".receipt");

        var known = await VerifyAsync(document, "--key", life.Keys, "--require-ledger");
        var unkeyed = await VerifyAsync(document);
        var insisting = await VerifyAsync(document, "--receipt", receipt);
        await File.WriteAllTextAsync(document + ".receipt", "{}", Ct);
        var broken = await VerifyAsync(document, "--key", life.Keys);

        known.ExitCode.ShouldBe(0, known.ToString());
        (unkeyed.ExitCode, Ledger(unkeyed)).ShouldBe((0, ("unknown", "receipt-key-not-given")), unkeyed.ToString());
        (insisting.ExitCode, Ledger(insisting)).ShouldBe((2, ("unknown", "receipt-key-not-given")), insisting.ToString());
        (broken.ExitCode, Ledger(broken)).ShouldBe((0, ("unknown", "receipt-malformed")), broken.ToString());
    }

    [Fact]
    public async Task A_renewed_document_is_confirmed_by_its_receipt_from_before_and_from_after()
    {
        var (document, before) = await SealedAsync("renewed");
        var password = life.PathOf("password");
        await File.WriteAllTextAsync(password, "demo\n", Ct);
        var (once, twice) = (life.PathOf("once.pdf"), life.PathOf("twice.pdf"));
        string[] me = ["--service", life.Url, "--account", Company.Representative, "--password-file", password];

        var first = await SealCommand.Run(["renew", document, "--out", once, .. me]);
        var second = await SealCommand.Run(["renew", once, "--out", twice, .. me]);

        first.ExitCode.ShouldBe(0, first.ToString());
        second.ExitCode.ShouldBe(0, second.ToString());
        var (original, renewed) = (await File.ReadAllBytesAsync(document, Ct), await File.ReadAllBytesAsync(twice, Ct));
        renewed.AsSpan().StartsWith(original).ShouldBeTrue("earlier bytes were touched");
        var signing = JsonNode.Parse(await File.ReadAllTextAsync(before, Ct))!["about"]!.GetValue<string>().Split('/')[1];
        var after = life.PathOf("after.json");
        (await SealCommand.Run("receipt", signing, "--out", after, "--service", life.Url, "--token", await life.TokenOfAsync(Company.Representative), "--key", life.Keys)).ExitCode.ShouldBe(0);
        foreach (var receipt in new[] { before, after })
        {
            var answer = await VerifyAsync(twice, "--receipt", receipt, "--key", life.Keys);
            answer.ExitCode.ShouldBe(0, answer.ToString());
            Ledger(answer).ShouldBe(("passed", "ledger-in-order"), answer.ToString());
            JsonNode.Parse(answer.Output)!["signatures"]!.AsArray().Count.ShouldBe(3);
        }
    }

    [Theory]
    [InlineData("not signed", 3, "--signing")]
    [InlineData("no document", 3, "could not be read")]
    [InlineData("altered", 1, "document-altered")]
    public async Task What_cannot_be_renewed_is_said_and_nothing_is_written(string what, int code, string said)
    {
        var (document, receipt) = await SealedAsync(what);
        var password = life.PathOf("password");
        await File.WriteAllTextAsync(password, "demo\n", Ct);
        var (file, output) = (life.PathOf($"{what}.changed"), life.PathOf($"{what}.out"));
        var content = await File.ReadAllBytesAsync(document, Ct);
        content[content.AsSpan().IndexOf("Contract, page"u8)] = (byte)'K';
        await File.WriteAllBytesAsync(file, what switch { "not signed" => SampleDocuments.Pdf(), "altered" => content, _ => [1, 2, 3] }, Ct);
        string[] signing = what == "altered" ? ["--signing", JsonNode.Parse(await File.ReadAllTextAsync(receipt, Ct))!["about"]!.GetValue<string>().Split('/')[1]] : [];

        var refused = await SealCommand.Run(["renew", file, "--out", output, "--service", life.Url, "--account", Company.Representative, "--password-file", password, .. signing]);

        refused.ExitCode.ShouldBe(code, refused.ToString());
        refused.Errors.ShouldContain(said, customMessage: refused.ToString());
        File.Exists(output).ShouldBeFalse();
    }

    [Fact]
    public async Task A_receipt_of_another_sealing_confirms_nothing()
    {
        var (document, _) = await SealedAsync("one");
        var (_, other) = await SealedAsync("other");

        var answer = await VerifyAsync(document, "--receipt", other, "--key", life.Keys);

        answer.ExitCode.ShouldBe(2, answer.ToString());
        Ledger(answer).ShouldBe(("unknown", "receipt-foreign"), answer.ToString());
        JsonNode.Parse(answer.Output)!["subIndication"]!.GetValue<string>().ShouldBe("NOT_IN_LEDGER");
    }

    [Fact]
    public async Task A_receipt_cut_off_anywhere_is_refused_by_name()
    {
        var (document, receipt) = await SealedAsync("cut");
        var whole = await File.ReadAllBytesAsync(receipt, Ct);
        foreach (var length in new[] { 0, 1, whole.Length / 2, whole.Length - 2 })
        {
            var cut = life.PathOf("cut.receipt");
            await File.WriteAllBytesAsync(cut, whole[..length], Ct);
            await ShouldRefuseAsync(document, cut, "receipt-truncated", life.Keys);
        }
    }

    [Fact]
    public async Task A_receipt_that_was_changed_is_refused_by_name()
    {
        var (document, receipt) = await SealedAsync("changed");
        foreach (var (what, code) in new[]
        {
            ("event", "receipt-event-altered"), ("position", "receipt-event-altered"), ("hash", "receipt-event-altered"),
            ("root", "receipt-checkpoint-forged"), ("signature", "receipt-checkpoint-forged"), ("unsigned", "receipt-checkpoint-forged"),
            ("origin", "receipt-of-other-log"), ("seal-data", "receipt-material-altered"),
            ("no-sealing", "receipt-incomplete"), ("no-request", "receipt-incomplete"), ("no-certificate", "receipt-incomplete"), ("about", "receipt-incomplete"),
            ("format", "receipt-format-unknown"), ("twice", "receipt-malformed"), ("no-events", "receipt-malformed"),
        })
        {
            var json = JsonNode.Parse(await File.ReadAllTextAsync(receipt, Ct))!.AsObject();
            Change(json, what);
            var changed = life.PathOf($"{what}.changed");
            await File.WriteAllTextAsync(changed, json.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), Ct);
            await ShouldRefuseAsync(document, changed, code, life.Keys);
        }
    }

    [Fact]
    public async Task Keys_of_another_log_and_witnesses_who_never_cosigned_are_not_satisfied()
    {
        var (document, receipt) = await SealedAsync("strangers");
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        var log = life.PathOf("other-log");
        await File.WriteAllTextAsync(log, new NoteVerifier("other.example/log", SignatureAlgorithm.Ed25519, key.SubjectPublicKeyInfo).ToString(), Ct);
        var witness = new CosignatureVerifier("witness.example/w", SignatureAlgorithm.Ed25519, key.SubjectPublicKeyInfo).ToString();

        await ShouldRefuseAsync(document, receipt, "receipt-of-other-log", log);
        await ShouldRefuseAsync(document, receipt, "receipt-not-witnessed", life.Keys, "--witness", witness);
    }

    [Fact]
    public async Task Who_may_see_a_use_may_take_its_receipt_and_there_is_none_of_a_refused_use()
    {
        var company = await Company.RegisterAsync(life.Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await life.Client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        var signing = (await company.SealAsync(seal, document)).Required().Id;
        (await company.SealAsync(seal, document, pin: "wrong-pin")).Code.ShouldBe("pin-wrong");
        var refused = (await life.Client.GetAsync(Company.Representative, $"/api/usage?organisation={company.Uscc}")).Required().Body["items"]!.AsArray()
            .Select(use => use!["id"]!.GetValue<string>()).Single(id => id != signing);
        var file = life.PathOf("fetched.receipt");

        var stranger = await SealCommand.Run("receipt", signing, "--out", file, "--service", life.Url, "--token", await life.TokenOfAsync("li-na"));
        var ofRefused = await SealCommand.Run("receipt", refused, "--out", file, "--service", life.Url, "--token", await life.TokenOfAsync(Company.Representative));

        stranger.ExitCode.ShouldBe(3, stranger.ToString());
        ofRefused.ExitCode.ShouldBe(3, ofRefused.ToString());
        ofRefused.Errors.ShouldContain("409");
        File.Exists(file).ShouldBeFalse();
    }

    private static void Change(JsonObject receipt, string what)
    {
        var events = receipt["events"]!.AsArray();
        var sealing = events.Single(one => one!["leaf"]!.GetValue<string>().Contains("signing.sealed", StringComparison.Ordinal))!;
        switch (what)
        {
            case "event":
                sealing["leaf"] = sealing["leaf"]!.GetValue<string>().Replace("\"signedDigest\":\"", "\"signedDigest\":\"0", StringComparison.Ordinal);
                break;
            case "position":
                sealing["position"] = sealing["position"]!.GetValue<long>() - 1;
                break;
            case "hash":
                sealing["hashes"]![0] = Convert.ToBase64String(new byte[32]);
                break;
            case "root":
                receipt["checkpoint"] = Line(receipt, 2, _ => Convert.ToBase64String(new byte[32]));
                break;
            case "signature":
                receipt["checkpoint"] = Line(receipt, 4, line => line[..^10] + (line[^10] == 'A' ? 'B' : 'A') + line[^9..]);
                break;
            case "unsigned":
                receipt["checkpoint"] = string.Join('\n', receipt["checkpoint"]!.GetValue<string>().Split('\n')[..4]) + "\n— " + Origin(receipt) + " AAAAAAAA\n";
                break;
            case "origin":
                receipt["checkpoint"] = Line(receipt, 0, _ => "other.example/log");
                break;
            case "seal-data":
                receipt["materials"]![0]!["content"] = Convert.ToBase64String([1, 2, 3]);
                break;
            case "no-sealing":
                events.Remove(sealing);
                break;
            case "no-request":
                events.Remove(events.Single(one => one!["leaf"]!.GetValue<string>().Contains("signing.requested", StringComparison.Ordinal)));
                break;
            case "no-certificate":
                events.Remove(events.Single(one => one!["leaf"]!.GetValue<string>().Contains("certificate.issued", StringComparison.Ordinal)));
                break;
            case "about":
                receipt["about"] = "seal/nothing";
                break;
            case "format":
                receipt["format"] = "seal-receipt/2";
                break;
            case "twice":
                events.Add(sealing.DeepClone());
                break;
            default:
                events.Clear();
                break;
        }
    }

    private static string Origin(JsonObject receipt) => receipt["checkpoint"]!.GetValue<string>().Split('\n')[0];

    private static string Line(JsonObject receipt, int number, Func<string, string> change)
    {
        var lines = receipt["checkpoint"]!.GetValue<string>().Split('\n');
        lines[number] = change(lines[number]);
        return string.Join('\n', lines);
    }

    private async Task ShouldRefuseAsync(string document, string receipt, string code, string keys, params string[] further)
    {
        var answer = await VerifyAsync(document, ["--receipt", receipt, "--key", keys, .. further]);
        answer.ExitCode.ShouldBe(3, answer.ToString());
        answer.Errors.ShouldContain($"({code})", customMessage: answer.ToString());
        answer.Output.ShouldBeEmpty();
    }

    private Task<Outcome> VerifyAsync(string document, params string[] further) =>
        SealCommand.Run(["verify", document, "--json", "--trust", life.Roots, .. life.RevocationLists.SelectMany(list => new[] { "--crl", list }), .. further]);

    private static (string Result, string Code) Ledger(Outcome answer)
    {
        var check = JsonNode.Parse(answer.Output)!["signatures"]![0]!["checks"]!.AsArray().Single(check => check!["check"]!.GetValue<string>() == "ledger")!;
        return (check["result"]!.GetValue<string>(), check["reason"]!["code"]!.GetValue<string>());
    }

    private async Task<(string Document, string Receipt)> SealedAsync(string name, string algorithm = "ecdsa-p256", byte[]? content = null)
    {
        var company = await Company.RegisterAsync(life.Client);
        var seal = await company.ClaimSealAsync("contract", algorithm);
        var signing = (await company.SealAsync(seal, await life.Client.UploadAsync(Company.Representative, content ?? SampleDocuments.Pdf()))).Required().Id;
        var document = life.PathOf($"{name}.sealed");
        await File.WriteAllBytesAsync(document, await life.Client.FetchAsync(Company.Representative, signing), Ct);
        var receipt = life.PathOf($"{name}.json");
        var fetched = await SealCommand.Run("receipt", signing, "--out", receipt, "--service", life.Url, "--token", await life.TokenOfAsync(Company.Representative), "--key", life.Keys);
        fetched.ExitCode.ShouldBe(0, fetched.ToString());
        return (document, receipt);
    }
}
