using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Ledger.Auditing;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Evidence;

/// <summary>
/// Checks what the domain knows of an evidence file: the streams that events name are there, the words are those committed
/// to, and the certificates and seal data are those that were recorded.
/// </summary>
internal sealed class BelongingChecks(CertificateChecks certificates) : IEvidenceVisitor
{
    // Uses of seals are not kept: there may be millions of them.
    private static readonly HashSet<string> Kept = ["organisation", "application", "seal", "holding", "certificate"];

    private readonly HashSet<string> _there = [];
    private readonly Dictionary<string, RecordedEvent> _named = [];
    private readonly Dictionary<string, (string Name, RecordedEvent By)> _materials = [];

    /// <summary>Materials that the events name and that were erased.</summary>
    public int Erased { get; private set; }

    public IEnumerable<Finding> Visit(RecordedEvent recorded, IReadOnlyList<EvidenceWords> words, bool isProven)
    {
        var stream = StreamId.Parse(recorded.Stream);
        if (recorded.Version == 1 && Kept.Contains(stream.Type))
        {
            _there.Add(recorded.Stream);
        }

        IEvent happened;
        try
        {
            happened = EventCatalog.Deserialize(recorded.Type, recorded.Body.Span);
        }
        catch (Exception e) when (e is UnknownEventException or System.Text.Json.JsonException)
        {
            // Of a newer version of Seal: proven, but not understood.
            return [];
        }

        foreach (var named in Names(happened).Select(named => named.ToString()).Where(named => !_there.Contains(named)))
        {
            _named.TryAdd(named, recorded);
        }

        switch (happened)
        {
            case CertificateIssued issued:
                _materials[issued.Digest] = (recorded.Stream, recorded);
                break;
            case CertificateRevoked or CertificateSuspended:
                certificates.Revoked(recorded);
                break;
            case CertificateReinstated:
                certificates.Reinstated(recorded);
                break;
            case EditionMade made:
                _materials[made.Digest] = ($"{recorded.Stream} {made.Number}", recorded);
                break;
        }

        return words.Where(said => !IsCommitted(recorded, said)).Select(said => new Finding(
            FindingCode.WordsChanged, recorded.Position,
            $"The words of {said.Field} at position {recorded.Position} are not those that the event commits to.", $"第 {recorded.Position} 条的 {said.Field} 原文与事件中的承诺不符。"));
    }

    public IEnumerable<Finding> Visit(EvidenceMaterial material)
    {
        if (material.Kind is not (EvidenceMaterialKind.Certificate or EvidenceMaterialKind.SealData))
        {
            return certificates.TakeAuthority(material);
        }

        if (!_materials.Remove(material.Sha256, out var expected) || expected.Name != material.Name)
        {
            return [new Finding(
                FindingCode.MaterialChanged, null,
                $"The {material.Kind} {material.Name} is not one that an event names.", $"{material.Kind} {material.Name} 不是事件所指的文件。")];
        }

        if (material.Content is null)
        {
            Erased++;
            return [];
        }

        return material.Kind == EvidenceMaterialKind.Certificate ? certificates.Take(material, expected.By) : [];
    }

    public IEnumerable<Finding> Finish(DateTimeOffset madeAt) =>
    [
        .. _named.Where(named => !_there.Contains(named.Key)).Select(named => new Finding(
            FindingCode.EventMissing, named.Value.Position,
            $"The stream {named.Key}, which position {named.Value.Position} names, is missing.", $"缺少第 {named.Value.Position} 条所指的事件流 {named.Key}。")),
        .. _materials.Values.Select(missing => new Finding(
            FindingCode.MaterialMissing, missing.By.Position,
            $"The file of {missing.Name}, which position {missing.By.Position} names, is missing.", $"缺少第 {missing.By.Position} 条所指的文件 {missing.Name}。")),
    ];

    private static IEnumerable<StreamId> Names(IEvent happened) => happened switch
    {
        SealApplied e => [e.Application.Stream, e.Organisation.Stream],
        EditionMade e => e.Signers.SelectMany(signer => new[] { HoldingId.From(signer.Key).Stream, signer.Value.Stream }),
        HoldingOffered e => [e.Seal.Stream],
        HoldingClaimed e => [e.Certificate.Stream],
        HoldingRekeyed e => [e.Certificate.Stream],
        UkeyBound e => [e.Seal.Stream, e.Certificate.Stream],
        HoldingRenewed e => [e.Certificate.Stream],
        CertificateIssued e => [e.Seal.Stream, e.Holding.Stream],
        CertificateRenewed e => [e.Successor.Stream],
        SigningRequested e => [e.Seal.Stream, e.Organisation.Stream],
        DeviceSigningRequested e => [e.Seal.Stream, e.Organisation.Stream],
        SigningPrepared e => [e.Holding.Stream, e.Certificate.Stream],
        SigningSealed e => [e.Holding.Stream, e.Certificate.Stream],
        _ => [],
    };

    private static bool IsCommitted(RecordedEvent recorded, EvidenceWords said) =>
        JsonNode.Parse(recorded.Body.Span)?[said.Field]?.ToString()
        == Convert.ToHexStringLower(SHA256.HashData([.. said.Salt.Span, .. Encoding.UTF8.GetBytes(said.Words)]));
}
