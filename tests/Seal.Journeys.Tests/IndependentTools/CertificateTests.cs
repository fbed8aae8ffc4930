using System.Formats.Asn1;
using Seal.Testing;

namespace Seal.Journeys.Tests.IndependentTools;

/// <summary>Certificates, revocation lists and seal data in the eyes of OpenSSL.</summary>
[Collection(OneService.Name)]
public sealed class CertificateTests(SharedService shared)
{
    private const string Identity = "distid:1234567812345678";

    private ApiClient Client => shared.Client;

    [Theory]
    [InlineData("rsa2048", "rsa")]
    [InlineData("ecdsa-p256", "ecdsa")]
    public async Task OpenSSL_verifies_a_chain_with_its_revocation_lists_and_sees_a_revocation(string algorithm, string chain)
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", algorithm);
        using var tool = new ExternalTool();
        tool.Put("leaf.der", SignersOf(await DataAsync(seal)).Single());
        await ToPemAsync(tool, "leaf.der");
        await FetchChainAsync(tool, chain);

        await FetchListsAsync(tool, chain);
        (await VerifyAsync(tool)).Required().ShouldContain("leaf.pem: OK");

        (await Client.ClaimAsync(Company.Representative, seal, algorithm, "tablet")).Required();
        await FetchListsAsync(tool, chain);
        var after = await VerifyAsync(tool);
        (after.Output + after.Errors).ShouldContain("certificate revoked");
        (await tool.RunAsync("openssl", "crl", "-in", "issuing.crl.pem", "-noout", "-text")).Required().ShouldContain("Superseded");
    }

    [Fact]
    public async Task OpenSSL_verifies_an_SM2_chain_link_by_link()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", "sm2");
        using var tool = new ExternalTool();
        var data = await DataAsync(seal);
        tool.Put("leaf.der", SignersOf(data).Single());
        tool.Put("maker.der", SealParts.Of(data).Maker);
        await ToPemAsync(tool, "leaf.der");
        await ToPemAsync(tool, "maker.der");
        await FetchChainAsync(tool, "sm2");

        // OpenSSL 3.0 passes the identity to the leaf only.
        foreach (var (subject, issuer) in new[] { ("leaf", "issuing"), ("maker", "issuing"), ("issuing", "root"), ("root", "root") })
        {
            (await tool.RunAsync("openssl", "verify", "-partial_chain", "-trusted", $"{issuer}.pem", "-vfyopt", Identity, "-attime", Now, $"{subject}.pem"))
                .Required().ShouldContain($"{subject}.pem: OK");
        }
    }

    [Fact]
    public async Task OpenSSL_verifies_the_makers_signature_on_the_seal_data()
    {
        var company = await Company.RegisterAsync(Client);
        var data = await DataAsync(await company.ClaimSealAsync("contract"));
        var parts = SealParts.Of(data);
        parts.Algorithm.ShouldBe("1.2.156.10197.1.501", "SM2 with SM3");
        using var tool = new ExternalTool();
        tool.Put("info.der", parts.Info);
        tool.Put("signature.der", parts.Signature);
        tool.Put("maker.der", parts.Maker);
        var key = (await tool.RunAsync("openssl", "x509", "-inform", "DER", "-in", "maker.der", "-noout", "-pubkey")).Required();
        tool.Put("maker.key", System.Text.Encoding.ASCII.GetBytes(key));
        (await DigestAsync()).Required().ShouldContain("Verified OK");

        parts.Info[^1] ^= 1;
        tool.Put("info.der", parts.Info);
        (await DigestAsync()).ExitCode.ShouldNotBe(0);

        Task<ToolAnswer> DigestAsync() =>
            tool.RunAsync("openssl", "dgst", "-sm3", "-verify", "maker.key", "-signature", "signature.der", "-sigopt", Identity, "info.der");
    }

    [Fact]
    public async Task Seal_data_list_the_certificates_of_all_who_can_sign()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        (await shared.AuthoriseAsync(seal, "wang-fang")).Required();
        (await Client.ClaimAsync("wang-fang", seal, "rsa2048")).Required();
        var signers = (await shared.SeeAsync(Company.Representative, $"/api/seals/{seal}"))["state"]!["signers"]!.AsObject();
        var listed = SignersOf(await DataAsync(seal)).Select(der =>
        {
            using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(der);
            return Convert.ToHexStringLower(certificate.SerialNumberBytes.Span);
        });
        listed.Order().ShouldBe(signers.Select(signer => signer.Value!.GetValue<string>()).Order());
    }

    private Task<byte[]> DataAsync(string seal) => Client.DownloadAsync(Company.Representative, $"/api/seals/{seal}/data");

    // property { type, name, certListType, certList SEQUENCE OF OCTET STRING, … } is the third member of SES_SealInfo.
    internal static List<byte[]> SignersOf(byte[] data)
    {
        var info = new AsnReader(SealParts.Of(data).Info, AsnEncodingRules.DER).ReadSequence();
        info.ReadEncodedValue();
        info.ReadEncodedValue();
        var property = info.ReadSequence();
        property.ReadEncodedValue();
        property.ReadEncodedValue();
        property.ReadInteger().ShouldBe(1, "certificates, not their digests");
        List<byte[]> certificates = [];
        for (var list = property.ReadSequence(); list.HasData;)
        {
            certificates.Add(list.ReadOctetString());
        }

        return certificates;
    }

    private static async Task ToPemAsync(ExternalTool tool, string der) =>
        (await tool.RunAsync("openssl", "x509", "-inform", "DER", "-in", der, "-out", Path.ChangeExtension(der, "pem"))).Required();

    private async Task FetchChainAsync(ExternalTool tool, string chain)
    {
        foreach (var name in new[] { "issuing", "root" })
        {
            tool.Put($"{name}.der", await Client.Http.GetByteArrayAsync($"/pki/ca-{name}-{chain}.cer", TestContext.Current.CancellationToken));
            await ToPemAsync(tool, $"{name}.der");
        }
    }

    private async Task FetchListsAsync(ExternalTool tool, string chain)
    {
        foreach (var name in new[] { "issuing", "root" })
        {
            tool.Put($"{name}.crl", await Client.Http.GetByteArrayAsync($"/pki/ca-{name}-{chain}.crl", TestContext.Current.CancellationToken));
            (await tool.RunAsync("openssl", "crl", "-inform", "DER", "-in", $"{name}.crl", "-out", $"{name}.crl.pem")).Required();
        }
    }

    // The clock of the service may have been set forward by another test; OpenSSL is told its time.
    private string Now => $"{shared.Service.Clock.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds()}";

    private Task<ToolAnswer> VerifyAsync(ExternalTool tool) => tool.RunAsync(
        "openssl", "verify", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "-crl_check_all", "-CRLfile", "issuing.crl.pem", "-CRLfile", "root.crl.pem",
        "-attime", Now, "leaf.pem");
}

/// <summary>The members of SESeal (GB/T 38540-2020 §6), read without our own reader: info, maker's certificate, algorithm, signature.</summary>
internal sealed record SealParts(byte[] Info, byte[] Maker, string Algorithm, byte[] Signature)
{
    public static SealParts Of(byte[] data)
    {
        var seal = new AsnReader(data, AsnEncodingRules.DER).ReadSequence();
        return new(seal.ReadEncodedValue().ToArray(), seal.ReadOctetString(), seal.ReadObjectIdentifier(), seal.ReadBitString(out _));
    }
}
