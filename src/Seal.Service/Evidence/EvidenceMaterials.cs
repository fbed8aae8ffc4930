using System.Security.Cryptography;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Ledger.Evidence;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Pki;
using Seal.Service.Vault;
using Seal.Service.Views;

namespace Seal.Service.Evidence;

/// <summary>The files that belong to the events in an evidence file, and the words behind commitments.</summary>
public sealed class EvidenceMaterials(Authorities authorities, SealMakers makers, RevocationLists lists, CertificateDesk certificates, Editions editions, FreeTextVault texts)
{
    /// <summary>Writes the certificates of the authorities and their revocation lists.</summary>
    public async Task WriteAuthoritiesAsync(EvidenceWriter writer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writer);
        HashSet<string> roots = [];
        HashSet<string> crosses = [];
        foreach (var chain in authorities.Chains)
        {
            if (roots.Add(chain.RootName))
            {
                await writer.WriteAsync(Material(EvidenceMaterialKind.Root, chain.RootName, chain.Root.Certificate.RawData), cancellation);
            }

            await writer.WriteAsync(Material(EvidenceMaterialKind.Authority, chain.IssuingName, chain.Issuing.Certificate.RawData), cancellation);
            if (chain.Cross is { } cross && crosses.Add(chain.RootName))
            {
                await writer.WriteAsync(Material(EvidenceMaterialKind.Authority, $"{chain.RootName}-cross", cross.RawData), cancellation);
            }
        }

        foreach (var (name, maker) in await makers.AllAsync(cancellation))
        {
            await writer.WriteAsync(Material(EvidenceMaterialKind.Maker, name, maker.RawData), cancellation);
        }

        foreach (var (name, list) in (await lists.GetAsync(cancellation)).Complete.OrderBy(list => list.Key, StringComparer.Ordinal))
        {
            await writer.WriteAsync(Material(EvidenceMaterialKind.RevocationList, name, list), cancellation);
        }
    }

    /// <summary>Writes what events name: certificates and editions of seal data.</summary>
    public async Task WriteNamedAsync(EvidenceWriter writer, IEnumerable<RecordedEvent> events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(events);
        foreach (var recorded in events)
        {
            var stream = StreamId.Parse(recorded.Stream);
            switch (StreamLoader.Facts(recorded))
            {
                case CertificateIssued issued:
                    var certificate = await certificates.FindAsync(CertificateId.From(stream.Key), cancellation);
                    await writer.WriteAsync(new EvidenceMaterial(EvidenceMaterialKind.Certificate, recorded.Stream, issued.Digest, certificate?.RawData), cancellation);
                    break;
                case EditionMade made:
                    var edition = await editions.FindAsync(SealId.From(stream.Key), made.Digest, cancellation);
                    await writer.WriteAsync(new EvidenceMaterial(EvidenceMaterialKind.SealData, $"{recorded.Stream} {made.Number}", made.Digest, edition), cancellation);
                    break;
            }
        }
    }

    /// <summary>The words that an event commits to, where they are still there.</summary>
    public async Task<IReadOnlyList<EvidenceWords>> WordsOfAsync(RecordedEvent recorded, CancellationToken cancellation)
    {
        List<EvidenceWords> words = [];
        foreach (var (field, commitment) in HistoryReader.CommitmentsOf(StreamLoader.Facts(recorded)))
        {
            if (await texts.OpenAsync(commitment, cancellation) is { } opened)
            {
                words.Add(new EvidenceWords(field, opened.Words, opened.Salt));
            }
        }

        return words;
    }

    private static EvidenceMaterial Material(string kind, string name, ReadOnlyMemory<byte> content) =>
        new(kind, name, Convert.ToHexStringLower(SHA256.HashData(content.Span)), content);
}
