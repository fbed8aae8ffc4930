using System.Formats.Asn1;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;

namespace Seal.Cryptography.Tests.Certificates;

public sealed class PathValidationTests
{
    private const SignatureAlgorithm Algorithm = SignatureAlgorithm.EcdsaP256Sha256;
    private static readonly DateTimeOffset Now = Authority.Now;

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>()];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_good_chain_with_fresh_lists_holds(SignatureAlgorithm algorithm)
    {
        using var authority = new Authority(algorithm);
        var leaf = authority.NewSigner().Certificate;
        var result = Validate(authority, leaf, evidence: Lists(authority));
        result.Status.ShouldBe(PathStatus.Ok);
        result.Path.ShouldBe([leaf, authority.Issuing, authority.Root]);
    }

    [Fact]
    public void Expiry_and_early_use_are_told_apart_and_name_the_certificate()
    {
        using var authority = new Authority(Algorithm);
        var leaf = authority.NewSigner().Certificate;
        Validate(authority, leaf, at: leaf.NotBefore).Status.ShouldBe(PathStatus.Ok);
        Validate(authority, leaf, at: leaf.NotAfter).Status.ShouldBe(PathStatus.Ok);
        var late = Validate(authority, leaf, at: leaf.NotAfter.AddSeconds(1));
        late.Status.ShouldBe(PathStatus.Expired);
        late.Concerning.ShouldBe(leaf);
        var early = Validate(authority, leaf, at: leaf.NotBefore.AddSeconds(-1));
        early.Status.ShouldBe(PathStatus.NotYetValid);
        Validate(authority, leaf, at: Authority.Start.AddYears(16)).Concerning.ShouldBe(authority.Issuing);
    }

    [Fact]
    public void A_chain_to_another_root_does_not_hold()
    {
        using var authority = new Authority(Algorithm);
        using var stranger = new Authority(Algorithm); // the same names, other keys
        var leaf = authority.NewSigner().Certificate;
        var missing = PathValidation.Validate(leaf, [], [stranger.Root], Now, KeyPurpose.DocumentSigning, RevocationEvidence.NotRequired);
        missing.Status.ShouldBe(PathStatus.NoChain);
        missing.Concerning.ShouldBe(leaf);
        var foreign = PathValidation.Validate(
            leaf, [authority.Issuing, stranger.Issuing], [stranger.Root], Now, KeyPurpose.DocumentSigning, RevocationEvidence.NotRequired);
        foreign.Status.ShouldBe(PathStatus.NoChain);
        foreign.Concerning.ShouldBe(authority.Issuing);
        PathValidation.Validate(
                leaf, [stranger.Issuing, authority.Issuing], [stranger.Root, authority.Root], Now, KeyPurpose.DocumentSigning, RevocationEvidence.NotRequired)
            .Status.ShouldBe(PathStatus.Ok);
    }

    [Fact]
    public void A_signer_cannot_pass_as_an_authority()
    {
        using var authority = new Authority(Algorithm);
        (var signer, var key) = authority.NewSigner();
        using var victimKey = SoftwareKey.Generate(Algorithm);
        var forged = Forge(signer, key, Authority.Request(CertificateProfile.Organisation, "victim", victimKey));
        var result = PathValidation.Validate(
            forged, [signer, authority.Issuing], [authority.Root], Now, KeyPurpose.DocumentSigning, RevocationEvidence.NotRequired);
        result.Status.ShouldBe(PathStatus.BadBasicConstraints);
        result.Concerning.ShouldBe(signer);
    }

    [Fact]
    public void An_authority_without_the_right_to_sign_certificates_cannot()
    {
        using var authority = new Authority(
            Algorithm, issuingProfile: CertificateProfile.IssuingAuthority with { KeyUsage = KeyUsages.CrlSign });
        var result = Validate(authority, authority.NewSigner().Certificate);
        result.Status.ShouldBe(PathStatus.BadKeyUsage);
        result.Concerning.ShouldBe(authority.Issuing);
    }

    [Fact]
    public void An_authority_beyond_the_path_length_does_not_count()
    {
        using var authority = new Authority(Algorithm);
        using var subKey = SoftwareKey.Generate(Algorithm);
        using var leafKey = SoftwareKey.Generate(Algorithm);
        var sub = Forge(authority.Issuing, authority.IssuingKey, Authority.Request(CertificateProfile.IssuingAuthority, "sub", subKey));
        var leaf = Forge(sub, subKey, Authority.Request(CertificateProfile.Organisation, "leaf", leafKey));
        var result = PathValidation.Validate(
            leaf, [sub, authority.Issuing], [authority.Root], Now, KeyPurpose.DocumentSigning, RevocationEvidence.NotRequired);
        result.Status.ShouldBe(PathStatus.BadBasicConstraints);
        result.Concerning.ShouldBe(sub);
    }

    [Fact]
    public void Revocation_counts_from_its_own_time_on()
    {
        using var authority = new Authority(Algorithm);
        var leaf = authority.NewSigner().Certificate;
        var revokedAt = Now.AddHours(-1);
        var evidence = Lists(authority, new CrlEntry(leaf.SerialNumber, revokedAt, RevocationReason.KeyCompromise));
        var after = Validate(authority, leaf, evidence: evidence);
        after.Status.ShouldBe(PathStatus.Revoked);
        after.RevokedAt.ShouldBe(revokedAt);
        after.RevocationReason.ShouldBe(RevocationReason.KeyCompromise);
        after.Concerning.ShouldBe(leaf);
        Validate(authority, leaf, at: revokedAt.AddSeconds(-1), evidence: evidence).Status.ShouldBe(PathStatus.Ok);
    }

    [Fact]
    public void A_revoked_authority_takes_its_signers_with_it()
    {
        using var authority = new Authority(Algorithm);
        var leaf = authority.NewSigner().Certificate;
        var evidence = new CrlEvidence(
        [
            Crl.Parse(authority.RootAuthority.BuildCrl(
                [new CrlEntry(authority.Issuing.SerialNumber, Now.AddDays(-1), RevocationReason.CaCompromise)], 1, Now.AddDays(-1), Now.AddDays(30))),
        ]);
        var result = Validate(authority, leaf, evidence: evidence);
        result.Status.ShouldBe(PathStatus.Revoked);
        result.Concerning.ShouldBe(authority.Issuing);
    }

    [Fact]
    public void No_list_a_stale_list_and_a_forged_list_leave_revocation_unknown()
    {
        using var authority = new Authority(Algorithm);
        using var stranger = new Authority(Algorithm);
        var leaf = authority.NewSigner().Certificate;
        Validate(authority, leaf, evidence: RevocationEvidence.None).Status.ShouldBe(PathStatus.RevocationUnknown);
        Validate(authority, leaf, evidence: Lists(stranger)).Status.ShouldBe(PathStatus.RevocationUnknown);
        Validate(authority, leaf, at: Now.AddDays(31), evidence: Lists(authority)).Status.ShouldBe(PathStatus.RevocationUnknown);
    }

    [Theory]
    [InlineData("http://ca.example/part-1.crl", false, false, PathStatus.Ok)]
    [InlineData("http://ca.example/part-2.crl", false, false, PathStatus.RevocationUnknown)]
    [InlineData(null, true, false, PathStatus.Ok)]
    [InlineData(null, false, true, PathStatus.RevocationUnknown)]
    public void A_partitioned_list_speaks_only_for_its_part(string? url, bool onlyUsers, bool onlyAuthorities, PathStatus expected)
    {
        using var authority = new Authority(Algorithm);
        using var key = SoftwareKey.Generate(Algorithm);
        var leaf = authority.IssuingAuthority!.Issue(
            Authority.Request(CertificateProfile.Organisation, "x", key) with { CrlUrls = ["http://ca.example/part-1.crl"] });
        var root = Crl.Parse(authority.RootAuthority.BuildCrl([], 1, Now.AddDays(-1), Now.AddDays(30)));
        var part = Crl.Parse(PartitionedList(authority, url, onlyUsers, onlyAuthorities));
        part.IsUnderstood.ShouldBeTrue();
        Validate(authority, leaf, evidence: new CrlEvidence([root, part])).Status.ShouldBe(expected);
    }

    /// <summary>An empty list with the critical extension that names its part (RFC 5280 §5.2.5).</summary>
    private static byte[] PartitionedList(Authority authority, string? url, bool onlyUsers, bool onlyAuthorities)
    {
        static Asn1Tag Tag(int number, bool constructed) => new(TagClass.ContextSpecific, number, constructed);
        byte[] Encode(Action<AsnWriter> write)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            write(writer);
            return writer.Encode();
        }

        var scope = Encode(writer =>
        {
            using var point = writer.PushSequence();
            if (url is not null)
            {
                using var name = writer.PushSequence(Tag(0, true));
                using var fullName = writer.PushSequence(Tag(0, true));
                writer.WriteCharacterString(UniversalTagNumber.IA5String, url, Tag(6, false));
            }

            if (onlyUsers)
            {
                writer.WriteBoolean(true, Tag(1, false));
            }

            if (onlyAuthorities)
            {
                writer.WriteBoolean(true, Tag(2, false));
            }
        });
        var tbs = Encode(writer =>
        {
            using var list = writer.PushSequence();
            writer.WriteInteger(1);
            writer.WriteAlgorithmIdentifier(Algorithm);
            writer.WriteEncodedValue(authority.Issuing.Subject.RawData.Span);
            writer.WriteUtcTime(Now.AddDays(-1));
            writer.WriteUtcTime(Now.AddDays(30));
            using var tagged = writer.PushSequence(Tag(0, true));
            using var extensions = writer.PushSequence();
            CertificateWriter.WriteExtension(writer, "2.5.29.28", true, scope);
        });
        return CertificateWriter.Sign(tbs, authority.IssuingKey);
    }

    [Fact]
    public void An_unknown_critical_extension_is_refused_and_an_uncritical_one_is_not()
    {
        using var authority = new Authority(Algorithm);
        using var key = SoftwareKey.Generate(Algorithm);
        var request = Authority.Request(CertificateProfile.Organisation, "x", key);
        Certificate With(bool critical) => authority.IssuingAuthority!.Issue(
            request with { FurtherExtensions = [new CertificateExtension("1.2.3.4", critical, new byte[] { 5, 0 })] });
        Validate(authority, With(critical: false)).Status.ShouldBe(PathStatus.Ok);
        Validate(authority, With(critical: true)).Status.ShouldBe(PathStatus.UnknownCriticalExtension);
    }

    [Fact]
    public void A_key_serves_only_its_purpose()
    {
        using var authority = new Authority(Algorithm);
        PathStatus Judge(CertificateProfile profile, KeyPurpose purpose) =>
            Validate(authority, authority.NewSigner(profile: profile).Certificate, purpose: purpose).Status;
        Judge(CertificateProfile.Organisation, KeyPurpose.DocumentSigning).ShouldBe(PathStatus.Ok);
        Judge(CertificateProfile.Organisation, KeyPurpose.TimeStamping).ShouldBe(PathStatus.BadKeyUsage);
        Judge(CertificateProfile.TimeStamp, KeyPurpose.TimeStamping).ShouldBe(PathStatus.Ok);
        Judge(CertificateProfile.TimeStamp, KeyPurpose.DocumentSigning).ShouldBe(PathStatus.BadKeyUsage);
        Judge(CertificateProfile.TimeStamp, KeyPurpose.SealMaking).ShouldBe(PathStatus.BadKeyUsage);
        Judge(CertificateProfile.SealMaker, KeyPurpose.SealMaking).ShouldBe(PathStatus.Ok);
        Judge(CertificateProfile.Encryption, KeyPurpose.DocumentSigning).ShouldBe(PathStatus.BadKeyUsage);
        Judge(CertificateProfile.Organisation, KeyPurpose.CertificateSigning).ShouldBe(PathStatus.BadKeyUsage);
    }

    [Fact]
    public void Of_several_paths_one_good_one_is_enough()
    {
        using var old = new Authority(Algorithm);
        using var authority = new Authority(Algorithm);
        // The same issuing key certified by two roots; the first one's list revokes it.
        var again = Authority.Request(CertificateProfile.IssuingAuthority, "Issuing CA", authority.IssuingKey) with { NotAfter = Authority.Start.AddYears(15) };
        var cross = old.RootAuthority.Issue(again);
        var leaf = authority.NewSigner().Certificate;
        var evidence = new CrlEvidence(
        [
            Crl.Parse(old.RootAuthority.BuildCrl([new CrlEntry(cross.SerialNumber, Now.AddDays(-2), RevocationReason.Superseded)], 1, Now.AddDays(-1), Now.AddDays(30))),
            Crl.Parse(authority.RootAuthority.BuildCrl([], 1, Now.AddDays(-1), Now.AddDays(30))),
            Crl.Parse(authority.IssuingAuthority!.BuildCrl([], 1, Now.AddDays(-1), Now.AddDays(30))),
        ]);
        PathValidation.Validate(leaf, [cross, authority.Issuing], [old.Root, authority.Root], Now, KeyPurpose.DocumentSigning, evidence)
            .Status.ShouldBe(PathStatus.Ok);
        PathValidation.Validate(leaf, [cross], [old.Root, authority.Root], Now, KeyPurpose.DocumentSigning, evidence)
            .Status.ShouldBe(PathStatus.Revoked);
    }

    [Fact]
    public void A_tangle_of_authorities_that_certify_each_other_is_given_up_quickly()
    {
        SoftwareKey[] keys = [.. Enumerable.Range(0, 12).Select(_ => SoftwareKey.Generate(Algorithm))];
        // Twelve keys under one name, each certified by each other: 12! paths, none of which ends at an anchor.
        var profile = CertificateProfile.RootAuthority;
        Certificate[] roots = [.. keys.Select(key => CertificateAuthority.SelfSign(Authority.Request(profile, "tangle", key), key))];
        Certificate[] tangle =
        [
            .. from issuer in Enumerable.Range(0, keys.Length)
               from subject in keys
               select Forge(roots[issuer], keys[issuer], Authority.Request(profile, "tangle", subject)),
        ];
        using var authority = new Authority(Algorithm);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = PathValidation.Validate(
            tangle[0], tangle, [authority.Root], Now, KeyPurpose.Any, RevocationEvidence.NotRequired);
        result.Status.ShouldBe(PathStatus.TooComplex);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_leaf_that_is_itself_trusted_needs_no_issuer()
    {
        using var authority = new Authority(Algorithm);
        var leaf = authority.NewSigner().Certificate;
        PathValidation.Validate(leaf, [], [leaf], Now, KeyPurpose.DocumentSigning, RevocationEvidence.None).Status.ShouldBe(PathStatus.Ok);
        PathValidation.Validate(leaf, [], [leaf], leaf.NotAfter.AddDays(1), KeyPurpose.DocumentSigning, RevocationEvidence.None)
            .Status.ShouldBe(PathStatus.Expired);
    }

    private static PathResult Validate(
        Authority authority, Certificate leaf, DateTimeOffset? at = null,
        KeyPurpose purpose = KeyPurpose.DocumentSigning, IRevocationEvidence? evidence = null) =>
        PathValidation.Validate(
            leaf, [authority.Issuing], [authority.Root], at ?? Now, purpose, evidence ?? RevocationEvidence.NotRequired);

    private static CrlEvidence Lists(Authority authority, params CrlEntry[] entries) => new(
    [
        Crl.Parse(authority.RootAuthority.BuildCrl([], 1, Now.AddDays(-1), Now.AddDays(30))),
        Crl.Parse(authority.IssuingAuthority!.BuildCrl(entries, 1, Now.AddDays(-1), Now.AddDays(30))),
    ]);

    /// <summary>A certificate that no honest authority would issue.</summary>
    private static Certificate Forge(Certificate issuer, SoftwareKey issuerKey, IssueRequest request) =>
        Certificate.Parse(CertificateWriter.Write(request, issuer.Subject, issuer.SubjectKeyIdentifier, issuerKey));
}
