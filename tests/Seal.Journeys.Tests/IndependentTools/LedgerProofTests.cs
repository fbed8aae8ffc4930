using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.IndependentTools;

/// <summary>The ledger's word checked with a few lines of SHA-256 and OpenSSL.</summary>
[Collection(OneService.Name)]
public sealed class LedgerProofTests(SharedService shared)
{
    private ApiClient Client => shared.Client;

    [Fact]
    public async Task The_proof_in_a_commands_answer_leads_from_the_event_to_the_signed_root()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var frozen = (await Client.GiveReasonAsync("FreezeSeal", seal, sending: new() { WithLedgerProof = true })).Required();
        var proof = frozen.Body["proof"]!.AsObject();
        var (size, root) = await CheckedAsync(proof["checkpoint"]!.GetValue<string>());

        var inclusions = proof["inclusions"]!.AsArray();
        inclusions.Count.ShouldBe(frozen.Body["events"]!.AsArray().Count);
        foreach (var (inclusion, fact) in inclusions.Zip(frozen.Body["events"]!.AsArray()))
        {
            inclusion!["treeSize"]!.GetValue<long>().ShouldBe(size);
            RootOf(inclusion).ShouldBe(root);
            var leaf = JsonNode.Parse(inclusion["leaf"]!.GetValue<string>())!;
            leaf["position"]!.GetValue<long>().ShouldBe(fact!["position"]!.GetValue<long>());
            leaf["stream"]!.GetValue<string>().ShouldBe(fact["stream"]!.GetValue<string>());
            leaf["type"]!.GetValue<string>().ShouldBe(fact["type"]!.GetValue<string>());
        }

        inclusions[0]!["leaf"] = inclusions[0]!["leaf"]!.GetValue<string>().Replace("seal.frozen", "seal.lifted", StringComparison.Ordinal);
        RootOf(inclusions[0]!).ShouldNotBe(root);
    }

    [Fact]
    public async Task The_answer_to_a_signing_tells_and_proves_its_request_as_well()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        var signed = (await company.SealAsync(seal, document, sending: new() { WithLedgerProof = true })).Required();

        var events = signed.Body["events"]!.AsArray();
        events.Select(fact => fact!["type"]!.GetValue<string>()).ShouldBe(["signing.requested.v1", "signing.sealed.v2"]);
        events.Select(fact => fact!["version"]!.GetValue<long>()).ShouldBe([1, 2]);
        (signed.Version, signed.Body["position"]!.GetValue<long>()).ShouldBe(("2", events[1]!["position"]!.GetValue<long>()));
        var proof = signed.Body["proof"]!.AsObject();
        var (_, root) = await CheckedAsync(proof["checkpoint"]!.GetValue<string>());
        proof["inclusions"]!.AsArray().Count.ShouldBe(2);
        foreach (var (inclusion, fact) in proof["inclusions"]!.AsArray().Zip(events))
        {
            RootOf(inclusion!).ShouldBe(root);
            JsonNode.Parse(inclusion!["leaf"]!.GetValue<string>())!["position"]!.GetValue<long>().ShouldBe(fact!["position"]!.GetValue<long>());
        }
    }

    [Fact]
    public async Task Every_event_of_the_log_is_under_the_newest_checkpoint()
    {
        await Company.RegisterAsync(Client);
        var (size, root) = await CheckedAsync(await CheckpointAsync());
        for (var position = 0L; position < size; position += Math.Max(1, size / 20))
        {
            RootOf(await shared.SeeAsync("auditor", $"/ledger/events/{position}?size={size}")).ShouldBe(root);
        }

        RootOf(await shared.SeeAsync("auditor", $"/ledger/events/{size - 1}?size={size}")).ShouldBe(root);
    }

    [Fact]
    public async Task A_later_checkpoint_only_adds_to_an_earlier_one()
    {
        var (from, first) = await CheckedAsync(await CheckpointAsync());
        await Company.RegisterAsync(Client);
        var (to, second) = await CheckedAsync(await CheckpointAsync());
        to.ShouldBeGreaterThan(from);
        var answer = await shared.SeeAsync("auditor", $"/ledger/consistency?from={from}&to={to}");
        var hashes = answer["hashes"]!.AsArray().Select(hash => Convert.FromBase64String(hash!.GetValue<string>())).ToList();
        Consistent(from, to, hashes, first).ShouldBe((Convert.ToHexString(first), Convert.ToHexString(second)));
    }

    [Fact]
    public async Task OpenSSL_verifies_both_signatures_of_a_checkpoint()
    {
        var note = await CheckpointAsync();
        var split = note.IndexOf("\n\n", StringComparison.Ordinal);
        var (text, signatures) = (Encoding.UTF8.GetBytes(note[..(split + 1)]), note[(split + 2)..].TrimEnd('\n').Split('\n'));
        signatures.Length.ShouldBe(2);
        var keys = (await Client.Http.GetStringAsync("/ledger/keys", TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        using var tool = new ExternalTool();
        tool.Put("note", text);
        foreach (var key in keys)
        {
            // name+id+base64(type ‖ key); — name base64(id ‖ signature)
            var parts = key.Split('+', 3);
            var (id, encoded) = (Convert.FromHexString(parts[1]), Convert.FromBase64String(parts[2]));
            SHA256.HashData([.. Encoding.UTF8.GetBytes(parts[0]), (byte)'\n', .. encoded])[..4].ShouldBe(id);
            var signed = signatures.Select(line => Convert.FromBase64String(line.Split(' ')[2])).Single(signature => signature.AsSpan(0, 4).SequenceEqual(id));
            tool.Put("signature", signed.AsSpan(4));
            if (encoded[0] == 1)
            {
                tool.Put("key.der", [.. Convert.FromHexString("302a300506032b6570032100"), .. encoded[1..]]);
                (await tool.RunAsync("openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-rawin", "-in", "note", "-sigfile", "signature"))
                    .Required().ShouldContain("Signature Verified Successfully");
            }
            else
            {
                tool.Put("key.der", [.. Convert.FromHexString("3059301306072a8648ce3d020106082a811ccf5501822d034200"), .. encoded[^65..]]);
                (await tool.RunAsync("openssl", "dgst", "-sm3", "-verify", "key.der", "-keyform", "DER", "-signature", "signature", "-sigopt", "distid:1234567812345678", "note"))
                    .Required().ShouldContain("Verified OK");
            }
        }
    }

    private async Task<string> CheckpointAsync() => await Client.Http.GetStringAsync("/ledger/checkpoint", TestContext.Current.CancellationToken);

    // C2SP tlog-checkpoint: origin, size, root. The same head has the same root wherever it is asked.
    private async Task<(long Size, byte[] Root)> CheckedAsync(string note)
    {
        var lines = note.Split('\n');
        var keys = await Client.Http.GetStringAsync("/ledger/keys", TestContext.Current.CancellationToken);
        keys.ShouldStartWith($"{lines[0]}+");
        return (long.Parse(lines[1]), Convert.FromBase64String(lines[2]));
    }

    private static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([1, .. left, .. right]);

    // RFC 9162 §2.1.3.2, which is RFC 6962's tree.
    private static byte[] RootOf(JsonNode inclusion)
    {
        var hash = SHA256.HashData([0, .. Encoding.UTF8.GetBytes(inclusion["leaf"]!.GetValue<string>())]);
        var (first, last) = (inclusion["position"]!.GetValue<long>(), inclusion["treeSize"]!.GetValue<long>() - 1);
        foreach (var other in inclusion["hashes"].Deserialize<string[]>()!.Select(Convert.FromBase64String))
        {
            if (first % 2 == 1 || first == last)
            {
                hash = Node(other, hash);
                for (; first % 2 == 0 && first > 0; first /= 2)
                {
                    last /= 2;
                }
            }
            else
            {
                hash = Node(hash, other);
            }

            (first, last) = (first / 2, last / 2);
        }

        last.ShouldBe(0, "the path is as long as the tree is high");
        return hash;
    }

    // RFC 9162 §2.1.4.2.
    private static (string First, string Second) Consistent(long from, long to, List<byte[]> path, byte[] firstRoot)
    {
        if ((from & (from - 1)) == 0)
        {
            path.Insert(0, firstRoot);
        }

        var (first, last) = (from - 1, to - 1);
        for (; first % 2 == 1; first /= 2)
        {
            last /= 2;
        }

        var (older, newer) = (path[0], path[0]);
        foreach (var other in path.Skip(1))
        {
            if (first % 2 == 1 || first == last)
            {
                (older, newer) = (Node(other, older), Node(other, newer));
                for (; first % 2 == 0 && first > 0; first /= 2)
                {
                    last /= 2;
                }
            }
            else
            {
                newer = Node(newer, other);
            }

            (first, last) = (first / 2, last / 2);
        }

        return (Convert.ToHexString(older), Convert.ToHexString(newer));
    }
}
