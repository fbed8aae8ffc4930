using Seal.Domain.CertificateOrders;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Looks at the certification request and the papers of an order, and keeps them.</summary>
public sealed class ExamineOrderHandler(OrderFiles files, CompromisedKeys compromised) : EffectHandler<ExamineOrder>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(ExamineOrder effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var request = effect.Request is { } text ? HolderRequests.Read(text) : null;
        if (effect.Request is not null && HolderRequests.WhyNot(request) is { } refused)
        {
            return new RequestUnfit(refused.Code);
        }

        if (request is not null && await compromised.ContainsAsync(request.SubjectPublicKeyInfo, cancellation))
        {
            return new RequestUnfit(RequestRejections.RequestKeyCompromised.Code);
        }

        List<RecordedMaterial> materials = [];
        foreach (var material in effect.Materials)
        {
            try
            {
                if (await files.KeepAsync(effect, material.Document, work, cancellation) is not { } digest)
                {
                    return new DocumentUnfit("document-unknown", "materials");
                }

                materials.Add(new RecordedMaterial(material.Kind, digest));
            }
            catch (InvalidDataException)
            {
                return new DocumentUnfit("material-too-large", "materials");
            }
        }

        return request is null
            ? new OrderExamined(null, null, materials)
            : new OrderExamined(HolderRequests.AlgorithmOf(request), await files.KeepAsync(effect, request, work, cancellation), materials);
    }
}
