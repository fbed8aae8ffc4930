using System.Text.Json.Nodes;
using Seal.Cli.Tests.Witnessing;
using Seal.Testing;
using Seal.Tokens.Tests;

namespace Seal.Cli.Tests.Ukey;

/// <summary>A pair of certificates for a device: the signing key made there, the encryption key brought there.</summary>
[Collection(nameof(AServiceAlone))]
public sealed class EncryptionImportTests(CompiledDevices devices, UkeyHost host) : IClassFixture<UkeyHost>
{
    private ApiClient Client => host.Client;

    [Fact]
    public async Task The_encryption_key_of_a_pair_is_brought_to_the_device_that_has_the_signing_key()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var signing = await OrderedAsync(await RequestAsync(device, "pair"));

        var imported = await device.AsHolderAsync("import", "pair", "--certificate", signing);

        imported.ExitCode.ShouldBe(0, imported.ToString());
        imported.Output.ShouldContain("has the encryption key of certificate");
        (await device.WithoutPinAsync("info", "--seal", "pair")).Output.ShouldContain(signing);
        (await device.AsHolderAsync("import", "pair", "--certificate", signing)).ExitCode.ShouldBe(0, "once more does no harm");
    }

    [Fact]
    public async Task The_pair_of_another_device_is_refused_and_nothing_is_written()
    {
        using HoldersDevice device = HoldersDevice.Skf(devices, host.Url), other = HoldersDevice.Skf(devices, host.Url);
        var signing = await OrderedAsync(await RequestAsync(other, "pair"));
        await RequestAsync(device, "pair");

        var imported = await device.AsHolderAsync("import", "pair", "--certificate", signing);

        imported.ExitCode.ShouldBe(1, imported.ToString());
        imported.Errors.ShouldContain("is for another key");
        imported.Errors.ShouldContain($"SN-{Path.GetFileName(device.Folder)}");
        (await device.WithoutPinAsync("info", "--seal", "pair")).Output.ShouldContain("certificate    none");
    }

    [Fact]
    public async Task A_pkcs11_token_says_that_it_takes_no_encryption_key()
    {
        using var device = HoldersDevice.Pkcs11(devices, host.Url, """{ "name": "x", "signMechanism": "0x80008101", "keyPairMechanism": "0x80008001", "input": "digest", "output": "concatenated" }""");
        var signing = await OrderedAsync(await RequestAsync(device, "pair"));

        var imported = await device.AsHolderAsync("import", "pair", "--certificate", signing);

        imported.ExitCode.ShouldBe(3, imported.ToString());
        imported.Errors.ShouldContain("PKCS#11 has no way to bring it an SM2 encryption key");
    }

    private static async Task<string> RequestAsync(HoldersDevice device, string label)
    {
        var requested = await device.UkeyAsync("request", label);
        requested.ExitCode.ShouldBe(0, requested.ToString());
        requested.Output.ShouldStartWith("-----BEGIN CERTIFICATE REQUEST-----");
        return string.Concat(requested.Output.Split('\n').Where(static line => !line.StartsWith('-')).Select(static line => line.Trim()));
    }

    /// <summary>Orders a pair of certificates and has it issued; gives the serial number of the signing certificate.</summary>
    private async Task<string> OrderedAsync(string request)
    {
        var company = await Company.RegisterAsync(Client);
        JsonArray papers = [];
        foreach (var kind in new[] { "application-form", "business-licence", "agent-identity" })
        {
            papers.Add(new JsonObject { ["kind"] = kind, ["document"] = await Client.UploadAsync(Company.Representative, System.Text.Encoding.UTF8.GetBytes($"scan of {kind}")) });
        }

        var order = (await Client.GiveAsync(Company.Representative, "RequestCertificate", null, new JsonObject
        {
            ["organisation"] = company.Uscc,
            ["business"] = "new",
            ["kind"] = "organisation-pair",
            ["authority"] = "embedded",
            ["materials"] = papers,
            ["request"] = request,
        })).Required().Id;
        (await Client.GiveAsync("officer", "ApproveCertificateOrder", order, [])).Required();
        (await Client.GiveAsync("officer", "IssueCertificateOrder", order, [])).Required();
        return (await Client.GetAsync(Company.Representative, $"/api/certificate-orders/{order}")).Required().Body["state"]!["issued"]!.GetValue<string>();
    }
}
