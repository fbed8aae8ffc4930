using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;

namespace Seal.Documents.Judging;

/// <summary>
/// All that one document's signatures are validated with: certificates that may stand in paths, and what is known of
/// revocation, from the document, from the caller, and, where that is allowed, from where the certificates point to.
/// </summary>
internal sealed class EvidencePool
{
    private readonly HashSet<Certificate> _certificates;
    private readonly List<Crl> _lists = [];
    private readonly List<OcspResponse> _answers = [];
    private readonly HashSet<string> _known = [];
    private readonly HashSet<Certificate> _asked = [];
    private readonly IRevocationEvidence _given;
    private readonly IRevocationSource? _source;
    private JoinedEvidence? _revocation;

    public EvidencePool(IEnumerable<Certificate> intermediates, IRevocationEvidence given, IRevocationSource? source)
    {
        _certificates = [.. intermediates];
        _given = given;
        _source = source;
    }

    public IReadOnlyCollection<Certificate> Certificates => _certificates;

    public IRevocationEvidence Revocation => _revocation ??= new JoinedEvidence(
        [_given, new OcspEvidence(_answers, RevocationEvidence.None), new CrlEvidence(_lists)]);

    public void Add(ValidationData data)
    {
        foreach (var certificate in data.Certificates.Select(der => Found.TryRead(der, Certificate.Parse)).OfType<Certificate>())
        {
            _certificates.Add(certificate);
        }

        AddRevocation(data.Lists, data.Answers);
    }

    public void Add(CmsContent container)
    {
        _certificates.UnionWith(container.Certificates);
        AddRevocation(container.RevocationLists, []);
        foreach (var archive in container.Signers.Select(RevocationArchive.Of))
        {
            AddRevocation(archive.Lists, archive.Answers);
        }
    }

    public void Add(IEnumerable<Certificate> certificates) => _certificates.UnionWith(certificates);

    /// <summary>
    /// Validates a path; when only revocation is missing and fetching is allowed, fetches it once and validates again. What
    /// is fetched is named by certificates below a trusted root, never by a stranger's.
    /// </summary>
    public async ValueTask<PathResult> ValidateAsync(
        Certificate leaf, IReadOnlyCollection<Certificate> anchors, DateTimeOffset at, KeyPurpose purpose, CancellationToken cancellation)
    {
        while (true)
        {
            var result = PathValidation.Validate(leaf, _certificates, anchors, at, purpose, Revocation);
            if (result.Status != PathStatus.RevocationUnknown || !await LearnAsync(result, cancellation))
            {
                return result;
            }
        }
    }

    /// <summary>Fetches what is said of the certificates of a path; false when there was nothing new to ask.</summary>
    public async ValueTask<bool> LearnAsync(PathResult path, CancellationToken cancellation)
    {
        if (_source is null)
        {
            return false;
        }

        var learned = false;
        for (var i = 0; i + 1 < path.Path.Count; i++)
        {
            if (_asked.Add(path.Path[i]))
            {
                var found = await _source.FetchAsync(path.Path[i], path.Path[i + 1], cancellation);
                learned |= AddRevocation(found.Lists, found.Answers);
            }
        }

        return learned;
    }

    private bool AddRevocation(IEnumerable<ReadOnlyMemory<byte>> lists, IEnumerable<ReadOnlyMemory<byte>> answers)
    {
        var before = _known.Count;
        foreach (var der in lists.Where(IsNew))
        {
            _lists.AddRange(Found.TryRead(der, Crl.Parse) is { } list ? [list] : []);
        }

        foreach (var der in answers.Where(IsNew))
        {
            _answers.AddRange(Found.TryRead(der, OcspResponse.Parse) is { } answer ? [answer] : []);
        }

        _revocation = _known.Count == before ? _revocation : null;
        return _known.Count > before;
    }

    private bool IsNew(ReadOnlyMemory<byte> der) => _known.Add(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(der.Span)));
}
