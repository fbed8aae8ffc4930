using Seal.Domain.Applications;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Ledger.Evidence;
using Seal.Service.Commands;
using Seal.Service.Projections;
using Seal.Service.Views;
using ApplicationId = Seal.Domain.Applications.ApplicationId;

namespace Seal.Service.Evidence;

/// <summary>Which streams belong to a seal, or to an organisation, in the order in which evidence tells them.</summary>
public sealed class EvidenceSubjects(ViewReader views, EvidenceMaterials materials)
{
    // As many streams as are in memory at once.
    private const int Batch = 100;

    /// <summary>Writes a seal, its owner, its application, its holdings and its certificates, and its uses if they are wanted.</summary>
    public async Task WriteSealAsync(EvidenceWriter writer, SealId id, ElectronicSeal seal, string scope, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(seal);
        await WriteAsync(writer, [id.Stream, seal.Organisation.Stream, seal.Application.Stream], cancellation);
        await WriteHoldingsAsync(writer, id, cancellation);
        await WriteUsesAsync(writer, new ProjectionFilter.Is("state.seal", id.Value), scope, cancellation);
    }

    /// <summary>Writes an organisation, its applications and seals with all that belongs to them, and their uses if they are wanted.</summary>
    public async Task WriteOrganisationAsync(EvidenceWriter writer, OrganisationId id, string scope, CancellationToken cancellation)
    {
        var own = new ProjectionFilter.Is("state.organisation", id.Value);
        await WriteAsync(writer, [id.Stream], cancellation);
        await foreach (var application in views.AllAsync<Application>(SealProjections.Applications, [own], _ => true, cancellation))
        {
            await WriteAsync(writer, [ApplicationId.From(application.Id).Stream], cancellation);
        }

        await foreach (var seal in views.AllAsync<ElectronicSeal>(SealProjections.Seals, [own], _ => true, cancellation))
        {
            await WriteAsync(writer, [SealId.From(seal.Id).Stream], cancellation);
            await WriteHoldingsAsync(writer, SealId.From(seal.Id), cancellation);
        }

        await WriteUsesAsync(writer, own, scope, cancellation);
    }

    /// <summary>The holdings of a seal with their PINs' histories, and the certificates that they name.</summary>
    private async Task WriteHoldingsAsync(EvidenceWriter writer, SealId id, CancellationToken cancellation)
    {
        var ofSeal = new ProjectionFilter.Is("state.seal", id.Value);
        await foreach (var holding in views.AllAsync<Holding>(SealProjections.Holdings, [ofSeal], _ => true, cancellation))
        {
            var key = HoldingId.From(holding.Id);
            var events = await WriteAsync(writer, [key.Stream, key.PinStream], cancellation);
            foreach (var batch in events.Select(StreamLoader.Facts).Select(CertificateOf).Where(named => !named.IsNone).Distinct().Chunk(Batch))
            {
                await WriteAsync(writer, batch, cancellation);
            }
        }
    }

    private async Task WriteUsesAsync(EvidenceWriter writer, ProjectionFilter filter, string scope, CancellationToken cancellation)
    {
        if (scope != EvidenceScope.All)
        {
            return;
        }

        List<StreamId> batch = [];
        await foreach (var use in views.AllAsync<Signing>(SealProjections.Signings, [filter], use => use.Status == SigningStatus.Requested, cancellation))
        {
            batch.Add(SigningId.From(use.Id).Stream);
            if (batch.Count == Batch)
            {
                await WriteAsync(writer, batch, cancellation);
                batch.Clear();
            }
        }

        await WriteAsync(writer, batch, cancellation);
    }

    private async Task<IReadOnlyList<RecordedEvent>> WriteAsync(EvidenceWriter writer, IReadOnlyCollection<StreamId> streams, CancellationToken cancellation)
    {
        var events = await writer.WriteStreamsAsync(
            [.. streams.Select(stream => stream.ToString())], recorded => materials.WordsOfAsync(recorded, cancellation), cancellation);
        await materials.WriteNamedAsync(writer, events, cancellation);
        return events;
    }

    private static StreamId CertificateOf(IEvent happened) => happened switch
    {
        HoldingClaimed claimed => claimed.Certificate.Stream,
        HoldingRekeyed rekeyed => rekeyed.Certificate.Stream,
        UkeyBound bound => bound.Certificate.Stream,
        HoldingRenewed renewed => renewed.Certificate.Stream,
        _ => default,
    };
}
