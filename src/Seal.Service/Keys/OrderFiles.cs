using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Persons;
using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Files;
using Seal.Service.Vault;

namespace Seal.Service.Keys;

/// <summary>Keeps what is handed in with orders for certificates: the requests and the papers, encrypted, longer than uploads are.</summary>
public sealed class OrderFiles(VaultStore vault, Uploads uploads)
{
    /// <summary>The largest paper, in bytes.</summary>
    public const int LargestMaterial = 5 * 1024 * 1024;

    /// <summary>Keeps the certification request of an order; gives its SHA-256, lower-case hex. It goes again if the work comes to nothing.</summary>
    public async Task<string> KeepAsync(ExamineOrder order, CertificationRequest request, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(request);
        var digest = Convert.ToHexStringLower(SHA256.HashData(request.RawData.Span));
        await PutAsync(RequestKey(order.Order, digest), "certification-request", order.Alone, request.RawData, work, cancellation);
        return digest;
    }

    /// <summary>Keeps an uploaded paper; <c>null</c> when whoever orders never uploaded it, or it is gone.</summary>
    /// <exception cref="InvalidDataException">It is larger than <see cref="LargestMaterial"/>.</exception>
    public async Task<string?> KeepAsync(ExamineOrder order, DocumentId document, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        await using var file = uploads.Files.OpenOf(order.By.Value, document.Value);
        if (file is null)
        {
            return null;
        }

        if (file.Length > LargestMaterial)
        {
            throw new InvalidDataException($"A paper has {file.Length} bytes; the most is {LargestMaterial}.");
        }

        var content = new byte[file.Length];
        await file.ReadExactlyAsync(content, cancellation);
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        await PutAsync(MaterialKey(order.Order, digest), "order-material", order.Alone, content, work, cancellation);
        return digest;
    }

    /// <summary>The certification request of an order.</summary>
    public async Task<CertificationRequest> RequestAsync(CertificateOrderId order, string digest, CancellationToken cancellation) =>
        CertificationRequest.Parse(await vault.GetAsync(RequestKey(order, digest), cancellation));

    /// <summary>A paper of an order; <c>null</c> when there is none.</summary>
    public Task<byte[]?> MaterialAsync(CertificateOrderId order, string digest, CancellationToken cancellation) => vault.FindAsync(MaterialKey(order, digest), cancellation);

    private async Task PutAsync(string key, string kind, PersonId? person, ReadOnlyMemory<byte> content, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);

        // Handed in again as it was, it belongs to what was recorded before.
        if (await vault.FindAsync(key, cancellation) is null)
        {
            work.OnDiscard(() => new ValueTask(vault.DeleteAsync(key, CancellationToken.None)));
            await vault.PutAsync(key, kind, person?.Value, content, cancellation);
        }
    }

    private static string RequestKey(CertificateOrderId order, string digest) => $"order-request:{order.Value}:{digest}";

    private static string MaterialKey(CertificateOrderId order, string digest) => $"order-material:{order.Value}:{digest}";
}
