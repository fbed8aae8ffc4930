using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Ledger;
using Seal.Ledger.Auditing;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Evidence;

/// <summary>Checks the certificates and revocation lists of an evidence file against one another and against the events.</summary>
/// <param name="trusted">Roots from a place that the operator has no hand in; with none, those in the file are only named.</param>
internal sealed class CertificateChecks(IReadOnlyList<Certificate> trusted)
{
    private readonly List<Certificate> _roots = [];
    private readonly List<Certificate> _authorities = [];
    private readonly List<Crl> _lists = [];
    private readonly Dictionary<string, RecordedEvent> _revoked = [];

    /// <summary>The roots in the file.</summary>
    public IReadOnlyList<Certificate> Roots => _roots;

    /// <summary>Certificates whose chain held.</summary>
    public int Checked { get; private set; }

    /// <summary>The ledger revoked or suspended a certificate.</summary>
    public void Revoked(RecordedEvent recorded) => _revoked[recorded.Stream] = recorded;

    /// <summary>The ledger reinstated a suspended certificate: lists do not have it any more.</summary>
    public void Reinstated(RecordedEvent recorded) => _revoked.Remove(recorded.Stream);

    /// <summary>Takes what belongs to no event: authorities and their lists, which come first.</summary>
    public IEnumerable<Finding> TakeAuthority(EvidenceMaterial material)
    {
        try
        {
            return material.Kind switch
            {
                EvidenceMaterialKind.Root => TakeRoot(material, Certificate.Parse(material.Content!.Value)),
                EvidenceMaterialKind.Authority => TakeIssuer(material, Certificate.Parse(material.Content!.Value)),
                EvidenceMaterialKind.Maker => Chain(material, Certificate.Parse(material.Content!.Value), null),
                EvidenceMaterialKind.RevocationList => TakeList(material, Crl.Parse(material.Content!.Value)),
                _ => [],
            };
        }
        catch (Exception e) when (e is DerFormatException or InvalidOperationException)
        {
            return [Unreadable(material)];
        }
    }

    /// <summary>Takes a holder's certificate.</summary>
    public IEnumerable<Finding> Take(EvidenceMaterial material, RecordedEvent issued)
    {
        Certificate certificate;
        try
        {
            certificate = Certificate.Parse(material.Content!.Value);
        }
        catch (DerFormatException)
        {
            return [Unreadable(material)];
        }

        var broken = Chain(material, certificate, issued.Position);
        return broken.Count > 0 ? broken : RequireListed(material, certificate);
    }

    private List<Finding> TakeRoot(EvidenceMaterial material, Certificate root)
    {
        _roots.Add(root);
        return trusted.Count == 0 || trusted.Contains(root)
            ? []
            : [new Finding(FindingCode.ChainBroken, null, $"The root {material.Name} is not one of those trusted.", $"根证书 {material.Name} 不在受信任之列。")];
    }

    private List<Finding> TakeIssuer(EvidenceMaterial material, Certificate authority)
    {
        _authorities.Add(authority);
        return Chain(material, authority, null);
    }

    private List<Finding> TakeList(EvidenceMaterial material, Crl list)
    {
        _lists.Add(list);
        return _authorities.Concat(_roots).Any(issuer => list.Issuer.Matches(issuer.Subject) && list.IsSignedBy(issuer))
            ? []
            : [new Finding(FindingCode.ChainBroken, null, $"The revocation list {material.Name} is not signed by an authority that is there.", $"吊销列表 {material.Name} 不是由其中的机构签发。")];
    }

    private List<Finding> Chain(EvidenceMaterial material, Certificate certificate, long? position)
    {
        var path = PathValidation.Validate(certificate, _authorities, _roots, certificate.NotBefore, KeyPurpose.Any, RevocationEvidence.NotRequired);
        if (path.IsOk)
        {
            Checked++;
            return [];
        }

        return [new Finding(
            FindingCode.ChainBroken, position,
            $"The certificate {material.Name} does not lead to a root that is there ({path.Status}).", $"证书 {material.Name} 不能追溯到其中的根证书（{path.Status}）。")];
    }

    /// <summary>What the ledger revoked before a list was made must be on it.</summary>
    private IEnumerable<Finding> RequireListed(EvidenceMaterial material, Certificate certificate)
    {
        if (_revoked.Remove(material.Name, out var revoked)
            && _lists.Find(list => list.Issuer.Matches(certificate.Issuer)) is { } list
            && list.ThisUpdate >= revoked.RecordedAt && list.Find(certificate) is null)
        {
            yield return new Finding(
                FindingCode.RevocationDiffers, revoked.Position,
                $"The certificate {material.Name} was revoked at position {revoked.Position}, but is not on the revocation list.",
                $"证书 {material.Name} 于第 {revoked.Position} 条被吊销，但不在吊销列表中。");
        }
    }

    private static Finding Unreadable(EvidenceMaterial material) => new(
        FindingCode.MaterialChanged, null, $"The {material.Kind} {material.Name} cannot be read.", $"{material.Kind} {material.Name} 无法读取。");
}
