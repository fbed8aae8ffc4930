using Seal.Documents.Ofd;

namespace Seal.Documents.Tests.Samples;

/// <summary>Makes <c>samples/contract.ofd</c>: the purchase contract in short, as an OFD, with room for the seals of both companies on the second page.</summary>
public static class OfdContract
{
    public static async Task<byte[]> MakeAsync(CancellationToken cancellation)
    {
        OfdTextDocument document = new()
        {
            Title = "采购合同",
            CreatedOn = new DateOnly(2026, 3, 2),
            Pages =
            [
                [
                    new(80, 40, 8, "采 购 合 同"),
                    new(25, 60, 4, $"甲方（买方）：{PurchaseContract.Buyer}　{PurchaseContract.BuyerCode}"),
                    new(25, 70, 4, $"乙方（卖方）：{PurchaseContract.Seller}　{PurchaseContract.SellerCode}"),
                    new(25, 90, 4, "第一条　甲方向乙方采购网络设备，总价人民币壹拾万捌仟元整。"),
                    new(25, 100, 4, "第二条　乙方于合同生效后十五日内交货，甲方于到货后十日内验收。"),
                    new(25, 110, 4, "第三条　验收合格后十日内，甲方付清价款。"),
                ],
                [
                    new(25, 40, 4, "第四条　双方同意以电子印章签署本合同，自双方加盖电子印章之日起生效。"),
                    new(29, 148, 4.5, $"甲方（盖章）：{PurchaseContract.Buyer}"),
                    new(29, 211, 4.5, $"乙方（盖章）：{PurchaseContract.Seller}"),
                ],
            ],
        };
        using MemoryStream output = new();
        await document.WriteAsync(output, cancellation);
        return output.ToArray();
    }
}
