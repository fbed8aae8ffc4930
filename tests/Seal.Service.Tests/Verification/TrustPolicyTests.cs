using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Service.Settings;
using Seal.Service.Start;
using Seal.Service.Verification;

namespace Seal.Service.Tests.Verification;

/// <summary>The policies that a verification may name.</summary>
public sealed class TrustPolicyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seal-trust-");

    [Fact]
    public void A_policy_trusts_each_root_with_what_its_folder_is_for()
    {
        var root = Root();
        File.WriteAllText(Path.Combine(_folder.FullName, "root.pem"), root.ToPem());
        var policies = TrustPolicies.Load(With("court", new TrustPolicySettings { Timestamps = _folder.FullName, OwnAuthorities = false }), new TrustedRoots([]));

        var court = policies.Find("court").ShouldNotBeNull();
        (court.Signers.Count, court.SealMakers.Count, court.OwnAuthorities).ShouldBe((0, 0, false));
        court.Timestamps.ShouldBe([root]);
        policies.Find("nobody").ShouldBeNull();
    }

    [Fact]
    public void Without_a_name_the_services_own_authorities_and_further_roots_are_trusted_with_everything()
    {
        var root = Root();
        var unnamed = TrustPolicies.Load(new TrustSettings(), new TrustedRoots([root])).Find("").ShouldNotBeNull();
        unnamed.OwnAuthorities.ShouldBeTrue();
        new[] { unnamed.Signers, unnamed.Timestamps, unnamed.SealMakers }.ShouldAllBe(roots => roots.Single().Equals(root));
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_named_by_its_setting()
    {
        var settings = With("court", new TrustPolicySettings { Signers = Path.Combine(_folder.FullName, "missing") });
        Should.Throw<StartupException>(() => TrustPolicies.Load(settings, new TrustedRoots([]))).Message.ShouldContain("Seal:Trust:Policies:court:Signers");

        File.WriteAllBytes(Path.Combine(_folder.FullName, "broken.der"), [0x30, 1]);
        Should.Throw<StartupException>(() => TrustPolicies.Load(With("court", new TrustPolicySettings { SealMakers = _folder.FullName }), new TrustedRoots([])))
            .Message.ShouldContain("Seal:Trust:Policies:court:SealMakers");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static TrustSettings With(string name, TrustPolicySettings policy) => new() { Policies = new Dictionary<string, TrustPolicySettings> { [name] = policy } };

    private static Certificate Root()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return CertificateAuthority.SelfSign(
            new IssueRequest
            {
                Profile = CertificateProfile.RootAuthority,
                Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.CommonName, "Root")),
                SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
                NotBefore = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
                NotAfter = new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero),
                SerialNumber = System.Security.Cryptography.RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
            },
            key);
    }
}
