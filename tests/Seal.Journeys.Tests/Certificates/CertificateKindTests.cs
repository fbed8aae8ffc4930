using System.Text;
using System.Text.Json.Nodes;
using Seal.Cryptography.Keys;
using Seal.Domain.CertificateKinds;
using Seal.Service.Start;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>Kinds of certificates from a file of one's own, in the eyes of OpenSSL.</summary>
public sealed class CertificateKindTests : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();

    private string KindsFile => Path.Combine(_folder, "kinds.json");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_kind_of_ones_own_is_ordered_and_OpenSSL_shows_what_the_file_says()
    {
        var kinds = JsonNode.Parse(CertificateKindCatalog.ShippedFile(), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!.AsObject();
        var kind = kinds["kinds"]![0]!.DeepClone().AsObject();
        kind["name"] = "archive";
        kind["subject"]!.AsArray().Insert(1, new JsonObject { ["attribute"] = "ST", ["value"] = "广东省" });
        kind["keys"] = new JsonArray("rsa2048");
        kind["keyUsage"] = new JsonArray("digitalSignature", "keyEncipherment");
        kind["extendedKeyUsage"] = new JsonArray("clientAuth", "1.3.6.1.4.1.55555.7");
        kind["policies"] = new JsonArray("1.2.156.99999.1", "1.2.156.99999.2");
        kind["years"] = 2;
        kind["materials"]!["new"] = new JsonArray("application-form");
        kind["deliveryDays"] = 5;
        kinds["kinds"]!.AsArray().Add(kind);
        await File.WriteAllTextAsync(KindsFile, kinds.ToJsonString(), TestContext.Current.CancellationToken);
        await using var service = await RunningService.StartAsync(settings => settings with { CertificateKinds = KindsFile });
        var client = service.Client;
        var company = await Company.RegisterAsync(client);

        using var unfit = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        (await client.OrderAsync(company, unfit, body => body["kind"] = "archive")).ShouldBeRefused(422, "key-not-for-kind", "request")
            .Body["detail"]!.GetValue<string>().ShouldContain("rsa2048");
        using var key = SoftwareKey.Generate(SignatureAlgorithm.RsaPkcs1Sha256);
        var order = await client.ApprovedAsync(company, key, body => (body["kind"], body["materials"]) = ("archive", new JsonArray(body["materials"]![0]!.DeepClone())));
        (await client.OfficerAsync("IssueCertificateOrder", order)).Required();
        var certificate = await client.CertificateAsync(order);

        certificate.NotAfter.ShouldBe(service.Clock.GetUtcNow().AddYears(2), TimeSpan.FromMinutes(2));
        using var tool = new ExternalTool();
        tool.Put("leaf.pem", Encoding.ASCII.GetBytes(certificate.ToPem()));
        var shown = (await tool.RunAsync("openssl", "x509", "-in", "leaf.pem", "-noout", "-text", "-nameopt", "utf8,sep_multiline,sname")).Required();
        shown.ShouldContain("ST=广东省");
        shown.ShouldContain("Digital Signature, Key Encipherment");
        shown.ShouldContain("TLS Web Client Authentication, 1.3.6.1.4.1.55555.7");
        shown.ShouldContain("Policy: 1.2.156.99999.1");
        shown.ShouldContain("Policy: 1.2.156.99999.2");
        shown.ShouldNotContain("E-mail Protection");
    }

    [Theory]
    [InlineData("{ \"kinds\": [\n  { \"name\": \"a\", \"title\": { \"zh\": \"甲\", \"en\": \"A\" } }\n] }", "line 2, kinds[0]: the field holder is missing")]
    [InlineData("kinds:", "line 1")]
    public async Task A_file_of_kinds_that_is_wrong_stops_the_start_and_says_where(string file, string says)
    {
        await File.WriteAllTextAsync(KindsFile, file, TestContext.Current.CancellationToken);

        var stopped = await Should.ThrowAsync<StartupException>(() => RunningService.StartAsync(settings => settings with { CertificateKinds = KindsFile }));

        stopped.Message.ShouldContain(KindsFile);
        stopped.Message.ShouldContain(says);
        stopped.Message.ShouldContain("Seal:CertificateKinds");
    }

    [Fact]
    public async Task A_kind_that_names_an_authority_nobody_set_up_stops_the_start()
    {
        var kinds = Encoding.UTF8.GetString(CertificateKindCatalog.ShippedFile());
        kinds = kinds.Insert(kinds.IndexOf("\"keys\": [\"sm2\"]", StringComparison.Ordinal), "\"authorities\": [\"city-ca\"], ");
        await File.WriteAllTextAsync(KindsFile, kinds, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<StartupException>(() => RunningService.StartAsync(settings => settings with { CertificateKinds = KindsFile }))).Message
            .ShouldContain("The kind seal-maker");
    }
}
