using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Pdf;

namespace Seal.Cli.Tests;

/// <summary>A folder with the sample contract, sealed for real, and the trust that goes with it.</summary>
public sealed class SealedFiles : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seal-cli-");
    // Certificates count in whole seconds.
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    public string Contract => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../samples/contract.pdf"));

    public string Sealed => PathOf("sealed.pdf");

    public string Root => PathOf("root.pem");

    public string RootList => PathOf("root.crl");

    public string IssuingList => PathOf("issuing.crl");

    /// <summary>What makes the sealed contract pass.</summary>
    public string[] Trust => ["--trust", Root, "--crl", RootList, "--crl", IssuingList];

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A new file from the sealed one.</summary>
    public string From(Func<byte[], byte[]> change, string name)
    {
        File.WriteAllBytes(PathOf(name), change(File.ReadAllBytes(Sealed)));
        return PathOf(name);
    }

    public async ValueTask InitializeAsync()
    {
        using var rootKey = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var issuingKey = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var companyKey = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var root = CertificateAuthority.SelfSign(Request(CertificateProfile.RootAuthority, "Test Root", rootKey), rootKey);
        CertificateAuthority rootAuthority = new(root, rootKey, TimeProvider.System);
        var issuing = rootAuthority.Issue(Request(CertificateProfile.IssuingAuthority, "Test Issuing", issuingKey));
        CertificateAuthority issuingAuthority = new(issuing, issuingKey, TimeProvider.System);
        var company = issuingAuthority.Issue(Request(CertificateProfile.Organisation, "深圳市星河科技有限公司", companyKey));
        await File.WriteAllTextAsync(Root, root.ToPem());
        await File.WriteAllBytesAsync(RootList, rootAuthority.BuildCrl([], 1, _now.AddDays(-1), _now.AddDays(1)));
        await File.WriteAllBytesAsync(IssuingList, issuingAuthority.BuildCrl([], 1, _now.AddDays(-1), _now.AddDays(1)));

        await using var contract = File.OpenRead(Contract);
        await using var sealedFile = File.Create(Sealed);
        SealRequest request = new()
        {
            Places = [new SealPlace.OnPage(2, 93, 146)],
            WidthMm = 38,
            HeightMm = 38,
            AppearanceContent = Encoding.ASCII.GetBytes("0.9 0 0.07 RG 3 w 4 4 100 100 re S"),
            SigningTime = _now.AddMinutes(-1),
        };
        SealSigning signing = new() { Signer = companyKey, Certificate = company, Chain = [issuing] };
        await PdfSealer.SealAsync(contract, sealedFile, request, signing, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IssueRequest Request(CertificateProfile profile, string name, SoftwareKey key) => new()
    {
        Profile = profile,
        Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.Country, "CN"), new NameAttribute(NameAttributeTypes.CommonName, name)),
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        NotBefore = _now.AddDays(-10),
        NotAfter = _now.AddDays(300),
        SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
    };

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
