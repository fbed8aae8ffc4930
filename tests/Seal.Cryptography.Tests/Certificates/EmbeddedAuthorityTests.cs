using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;

namespace Seal.Cryptography.Tests.Certificates;

public sealed class EmbeddedAuthorityTests : IDisposable
{
    private readonly Dictionary<string, SoftwareKey> _keys = [];
    private readonly EmbeddedAuthorityOptions _options = new() { Organization = "Seal", PublishedAt = "http://127.0.0.1:8080/pki/" };

    [Fact]
    public void Three_chains_are_made_once_and_taken_up_again()
    {
        var clock = Clock.At(Authority.Now);
        var first = EmbeddedAuthority.Establish(_options, KeyOf, [], clock);
        first.NewCertificates.Count.ShouldBe(6);
        first.RootCertificates.Count.ShouldBe(3);
        var second = EmbeddedAuthority.Establish(_options, KeyOf, first.NewCertificates, clock);
        second.NewCertificates.ShouldBeEmpty();
        second.RootCertificates.ShouldBe(first.RootCertificates);
        foreach (var issuing in second.IssuingCertificates)
        {
            PathValidation.Validate(issuing, [], second.RootCertificates, Authority.Now, KeyPurpose.CertificateSigning, RevocationEvidence.NotRequired)
                .Status.ShouldBe(PathStatus.Ok);
        }

        second.Issuing(SignatureAlgorithm.RsaPkcs1Sha256).Certificate.CrlDistributionPoints.ShouldBe(["http://127.0.0.1:8080/pki/ca-root-rsa.crl"]);
    }

    [Fact]
    public void A_lost_key_makes_a_new_chain_and_never_takes_up_the_old_certificate()
    {
        var clock = Clock.At(Authority.Now);
        var first = EmbeddedAuthority.Establish(_options, KeyOf, [], clock);
        _keys.Remove(EmbeddedAuthority.RootName(SignatureAlgorithm.Sm2Sm3), out var lost);
        lost!.Dispose();
        var second = EmbeddedAuthority.Establish(_options, KeyOf, first.NewCertificates, clock);
        second.NewCertificates.Count.ShouldBe(2);
        second.Root(SignatureAlgorithm.Sm2Sm3).Certificate.ShouldNotBe(first.Root(SignatureAlgorithm.Sm2Sm3).Certificate);
        second.Root(SignatureAlgorithm.EcdsaP256Sha256).Certificate.ShouldBe(first.Root(SignatureAlgorithm.EcdsaP256Sha256).Certificate);
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private SoftwareKey KeyOf(string name, SignatureAlgorithm algorithm) =>
        _keys.TryGetValue(name, out var key) ? key : _keys[name] = SoftwareKey.Generate(algorithm);
}
