using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seal.Cryptography.Vault;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Vault;
using Seal.Testing;

namespace Seal.Journeys.Tests.Vault;

/// <summary>What somebody gets who carries off the database and all files of a running service, with the token and without.</summary>
public sealed class ThiefTests : IAsyncLifetime
{
    private const string Name = "欧阳试鹤";
    private const string IdNumber = "E83920174";
    private const string Phone = "+8613912345678";
    private const string Email = "shihe.ouyang@example.org";
    private const string Pin = "pin-zk93x7qq";
    private readonly string _folder = TestFolder.Create();
    private RunningService? _service;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RunningService Service => _service!;

    private MasterKeyRing MasterKeys => Service.Services.GetRequiredService<MasterKeyRing>();

    public async ValueTask InitializeAsync() => _service = await RunningService.OpenAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_thief_of_database_and_files_without_the_token_gets_nothing()
    {
        var secrets = await LiveAsync();
        await NotFoundAsync(secrets);

        // Every row, with all that a thief can think of in the place of the master key.
        var thieves = new[] { Pin, Name, IdNumber, "000000", "seal-master", "" }.Select(guess => new GuessedKey(SHA256.HashData(Encoding.UTF8.GetBytes(guess)))).ToList();
        thieves.Add(new GuessedKey(new byte[32]));
        thieves.Add(new GuessedKey(Rfc2898DeriveBytes.Pbkdf2(Pin, Array.Empty<byte>(), 1_000, HashAlgorithmName.SHA512, 32)));
        var rows = await RowsAsync();
        rows.Count(row => row.Kind == "holder-key").ShouldBe(2);
        foreach (var (key, _, content) in rows)
        {
            foreach (var thief in thieves)
            {
                Should.Throw<CryptographicException>(() => WrappedSecret.Open(content, Encoding.UTF8.GetBytes(key), thief));
                PinSealedKey.Open(content, Pin, Encoding.UTF8.GetBytes(key), thief).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
            }
        }
    }

    [Fact]
    public async Task A_thief_of_the_token_as_well_gets_nothing_without_its_PIN()
    {
        await LiveAsync();
        var stolen = Path.Combine(_folder, "stolen");
        using var tool = new ExternalTool();
        (await tool.RunAsync("cp", "-a", Path.Combine(_folder, "token", "tokens"), stolen)).Required();
        var configuration = Path.Combine(_folder, "stolen.conf");
        await File.WriteAllTextAsync(configuration, $"directories.tokendir = {stolen}\nobjectstore.backend = file\n", Ct);
        Task<ToolAnswer> OpenAsync(params IReadOnlyList<string> arguments) =>
            tool.RunAsync("env", [$"SOFTHSM2_CONF={configuration}", "pkcs11-tool", "--module", SoftHsm(), "--token-label", "seal", .. arguments]);

        (await OpenAsync("--list-objects")).Required().ShouldNotContain("seal-master");
        foreach (var guess in (string[])["000000", "123456", Pin])
        {
            var refused = await OpenAsync("--login", "--pin", guess, "--list-objects", "--type", "secrkey");
            refused.ExitCode.ShouldNotBe(0);
            (refused.Output + refused.Errors).ShouldContain("CKR_PIN_INCORRECT");
        }

        // With its PIN the thief uses it, and even then does not take the master key out.
        var pin = (await File.ReadAllTextAsync(Path.Combine(_folder, "token", "user-pin"), Ct)).Trim();
        var shown = (await OpenAsync("--login", "--pin", pin, "--list-objects", "--type", "secrkey")).Required();
        shown.ShouldContain("seal-master");
        shown.ShouldContain("never extractable");
        (await OpenAsync("--login", "--pin", pin, "--read-object", "--type", "secrkey", "--label", "seal-master")).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task Who_has_token_token_PIN_and_database_guesses_short_PINs_at_the_cost_that_is_set()
    {
        // Said in docs/keys.md, and so that nobody believes anything else.
        const int Rounds = 210_000;
        using var key = Seal.Cryptography.Keys.SoftwareKey.Generate(Seal.Cryptography.Keys.SignatureAlgorithm.EcdsaP256Sha256);
        var envelope = PinSealedKey.Seal(key.ExportPkcs8(), key.Algorithm, "000007", "h"u8, MasterKeys, new PinSealingOptions(Rounds));
        var began = Stopwatch.GetTimestamp();
        var tried = 0;
        for (; ; tried++)
        {
            if (PinSealedKey.Open(envelope, tried.ToString("D6", CultureInfo.InvariantCulture), "h"u8, MasterKeys) is PinSealedKeyOpening.Opened opened)
            {
                opened.Key.Dispose();
                break;
            }
        }

        tried.ShouldBe(7);
        var rate = (tried + 1) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{rate:F1} guesses a second on one core; all PINs of six digits: {1e6 / rate / 3600:F1} hours of one core"));
    }

    // A person with everything, two holders' keys under an unusual PIN, a document sealed; gives what no thief may find.
    private async Task<IReadOnlyList<(string What, byte[] Bytes)>> LiveAsync()
    {
        var client = Service.Client;
        (await client.GiveAsync("administrator", "RegisterPerson", null, new JsonObject
        {
            ["name"] = Name,
            ["idNumber"] = new JsonObject { ["kind"] = "passport", ["number"] = IdNumber },
            ["phone"] = Phone,
            ["email"] = Email,
        })).Required();
        List<(string, byte[])> secrets = [.. new[] { Name, IdNumber, Phone, Email, Pin }.Select(text => (text, Encoding.UTF8.GetBytes(text)))];
        var company = await Company.RegisterAsync(client);
        foreach (var (kind, algorithm) in new[] { ("contract", "ecdsa-p256"), ("finance", "sm2") })
        {
            var seal = await company.IssueSealAsync(kind);
            (await client.GiveAsync(Company.Representative, "ClaimSeal", seal, new JsonObject { ["pin"] = Pin, ["device"] = "phone", ["algorithm"] = algorithm })).Required();
            secrets.Add(($"the holder's {algorithm} key", await PrivateKeyAsync(seal)));
            if (kind == "contract")
            {
                (await company.SealAsync(seal, await client.UploadAsync(Company.Representative, SampleDocuments.Pdf()), pin: Pin)).Required();
            }
        }

        foreach (var name in (string[])["log-ed25519", "log-sm2", "seal-maker"])
        {
            var pkcs8 = await Service.Services.GetRequiredService<VaultStore>().GetAsync($"service-key:{name}", Ct);
            secrets.Add((name, Scalar(pkcs8)));
        }

        return secrets;
    }

    private async Task<byte[]> PrivateKeyAsync(string seal)
    {
        var id = HoldingId.Of(new SealId(seal), new PersonId(await Service.Client.PersonAsync(Company.Representative)));
        var holding = (await Service.Services.GetRequiredService<StreamLoader>().LoadAsync([id.Stream], States.None, ReadUntil.All, Ct)).Get<Holding>(id.Stream);
        using var key = await Service.Services.GetRequiredService<HolderKeys>().OpenAsync(id, holding.Key, new Pin(Pin), Ct);
        return Scalar(key!.ExportPkcs8());
    }

    // The private number: an OCTET STRING of 32 bytes in every one of these formats.
    private static byte[] Scalar(ReadOnlySpan<byte> pkcs8)
    {
        var at = pkcs8.IndexOf((ReadOnlySpan<byte>)[0x04, 0x20]);
        at.ShouldBePositive();
        return pkcs8.Slice(at + 2, 32).ToArray();
    }

    // Every table as COPY writes it, in which bytes are hexadecimal, and every file but the token's.
    private async Task NotFoundAsync(IReadOnlyList<(string What, byte[] Bytes)> secrets)
    {
        await using var source = DatabaseOperator.Open(Service);
        await using var connection = await source.OpenConnectionAsync(Ct);
        List<string> tables = [];
        await using (var command = new NpgsqlCommand(
            "select format('%I.%I', table_schema, table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')", connection))
        await using (var reader = await command.ExecuteReaderAsync(Ct))
        {
            while (await reader.ReadAsync(Ct))
            {
                tables.Add(reader.GetString(0));
            }
        }

        tables.ShouldContain("vault.rows");
        tables.ShouldContain("ledger.events");
        foreach (var table in tables)
        {
            using var dump = await connection.BeginTextExportAsync($"copy {table} to stdout", Ct);
            Absent(secrets, Encoding.UTF8.GetBytes(await dump.ReadToEndAsync(Ct)), table);
        }

        await using (var checkpoint = new NpgsqlCommand("checkpoint", connection))
        {
            await checkpoint.ExecuteNonQueryAsync(Ct);
        }

        var token = Path.Combine(_folder, "token") + Path.DirectorySeparatorChar;
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(token, StringComparison.Ordinal) && new FileInfo(file) is { LinkTarget: null, Length: > 0 }))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory, Ct);
            Absent(secrets, memory.GetBuffer().AsSpan(0, (int)memory.Length), file);
        }
    }

    private static void Absent(IReadOnlyList<(string What, byte[] Bytes)> secrets, ReadOnlySpan<byte> loot, string where)
    {
        foreach (var (what, bytes) in secrets)
        {
            foreach (var form in (byte[][])[bytes, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)), Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes).TrimEnd('=')[..^1])])
            {
                (loot.IndexOf(form) < 0).ShouldBeTrue($"{what} is in {where}");
            }
        }
    }

    private async Task<List<(string Key, string Kind, byte[] Content)>> RowsAsync()
    {
        List<(string, string, byte[])> rows = [];
        await using var command = Service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select key, kind, content from vault.rows union all select person, 'person-key', wrapped from vault.person_keys where wrapped is not null");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            rows.Add((reader.GetString(0), reader.GetString(1), await reader.GetFieldValueAsync<byte[]>(2, Ct)));
        }

        return rows;
    }

    private static string SoftHsm() => Directory.EnumerateFiles("/usr/lib", "libsofthsm2.so", SearchOption.AllDirectories).First();

    // What a thief puts in the place of the token: AES-GCM under a key that they guessed, in the token's own format.
    private sealed class GuessedKey(byte[] key) : ISecretWrapper
    {
        public byte[] Wrap(ReadOnlySpan<byte> secret) => throw new NotSupportedException();

        public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
        {
            var at = wrapped is [2, ..] ? 13 : 1;
            if (wrapped.Length < at + 28)
            {
                throw new CryptographicException("Too short.");
            }

            using var aes = new AesGcm(key, 16);
            var secret = new byte[wrapped.Length - at - 28];
            aes.Decrypt(wrapped.Slice(at, 12), wrapped[(at + 12)..^16], wrapped[^16..], secret, wrapped[..at]);
            return secret;
        }
    }
}
