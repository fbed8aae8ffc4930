using Seal.Documents.Impressions;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Vault;

namespace Seal.Service.Effects;

/// <summary>Draws the impression of a seal from its data and keeps it.</summary>
public sealed class DrawImpressionHandler(ImpressionStore impressions, StreamLoader loader, FreeTextVault texts, FontOutlines font) : EffectHandler<DrawImpression>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(DrawImpression effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        try
        {
            var picture = (await DesignAsync(effect, cancellation)).Draw(font);
            var png = await picture.ToPngAsync(Impression.Dpi, cancellation);
            var impression = new Impression(picture.WidthMm, picture.HeightMm, picture.ToSvg(), picture.ToPdfContent(), png);
            await impressions.KeepAsync(effect.Seal, impression, cancellation);
            return new ImpressionDrawn(impression.Digest, (decimal)picture.WidthMm, (decimal)picture.HeightMm);
        }
        catch (ImpressionException impossible)
        {
            return new ImpressionImpossible(impossible.Code);
        }
    }

    private async Task<ImpressionDesign> DesignAsync(DrawImpression asked, CancellationToken cancellation)
    {
        var states = await loader.LoadAsync([asked.Organisation.Stream, asked.LegalRepresentative.Stream], States.None, ReadUntil.All, cancellation);
        var name = states.Get<Organisation>(asked.Organisation.Stream).Name;
        return asked.Kind switch
        {
            SealKind.LegalName => ImpressionKinds.LegalName(name, asked.Code),
            SealKind.Finance => ImpressionKinds.Finance(name, asked.Code),
            SealKind.Contract => ImpressionKinds.Contract(name, asked.Code),
            SealKind.Invoice => ImpressionKinds.Invoice(name, asked.Organisation.Value),
            SealKind.Business => ImpressionKinds.Business(name, "业务专用章", asked.Code),
            SealKind.PersonalName => ImpressionKinds.PersonalName(await PersonNameAsync(asked.LegalRepresentative, states, cancellation)),
            _ => ImpressionKinds.LegalRepresentative(await PersonNameAsync(asked.LegalRepresentative, states, cancellation)),
        };
    }

    private async Task<string> PersonNameAsync(PersonId id, States states, CancellationToken cancellation) =>
        states.Get<Person>(id.Stream) is var person && (person.Name ?? person.Identity) is { } name && await texts.FindAsync(name, cancellation) is { } words
        ? words
        : throw new ImpressionException(ImpressionProblem.TextEmpty, "legalRepresentative", "The person's name was erased.");
}
