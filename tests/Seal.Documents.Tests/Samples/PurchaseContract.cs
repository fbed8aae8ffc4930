using System.Text;
using System.Text.RegularExpressions;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace Seal.Documents.Tests.Samples;

/// <summary>
/// Makes <c>samples/contract.pdf</c>: a purchase contract 采购合同 of two pages between two companies that do not exist,
/// with room for the seals of both on the second page. The same every time, but for how well the font is compressed.
/// </summary>
public static partial class PurchaseContract
{
    public const string Buyer = "深圳市星河科技有限公司";
    public const string BuyerCode = "91440300MA5XH0017M";
    public const string Seller = "广州市云帆贸易有限公司";
    public const string SellerCode = "91440101MA5YF0025P";

    static PurchaseContract()
    {
        // This project is under the AGPL, and uses PDFsharp under it.
        PdfSharpLicense.SetAgplLicense();
        GlobalFontSettings.FontResolver = new SungTypeface();
    }

    public static byte[] Make()
    {
        using PdfDocument document = new();
        // PDFsharp leaves the end off a compressed page; readers mend that, but a sample should need no mending.
        document.Options.CompressContentStreams = false;
        document.Info.Title = "采购合同";
        document.Info.Author = Buyer;
        document.Info.CreationDate = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
        document.Info.ModificationDate = document.Info.CreationDate;
        document.Internals.FirstDocumentID = "seal-sample-0001";
        document.Internals.SecondDocumentID = "seal-sample-0001";
        using (Sheet first = new(NewPage(document)))
        {
            DrawFirst(first);
        }

        using (Sheet second = new(NewPage(document)))
        {
            DrawSecond(second);
        }

        using MemoryStream output = new();
        document.Save(output, closeStream: false);
        return WithSettledNames(output.ToArray());
    }

    private static PdfPage NewPage(PdfDocument document)
    {
        var page = document.AddPage();
        page.Width = XUnit.FromMillimeter(210);
        page.Height = XUnit.FromMillimeter(297);
        return page;
    }

    private static void DrawFirst(Sheet page)
    {
        page.Centred("采 购 合 同", 22, bold: true);
        page.Y += 2;
        page.ToTheRight("合同编号：XH-CG-2026-0302", 9.5);
        page.Y += 1;
        page.Table(
            [22, 69, 69],
            8,
            ["", "甲方（买方）", "乙方（卖方）"],
            ["名　　称", Buyer, Seller],
            ["信用代码", BuyerCode, SellerCode],
            ["住　　所", "深圳市南山区示例路１号星河大厦８层", "广州市天河区示例大道２号云帆中心"],
            ["联 系 人", "王芳", "陈晨"]);
        page.Paragraph("甲乙双方根据《中华人民共和国民法典》及有关法律法规，本着平等自愿、诚实信用的原则，就甲方向乙方采购网络设备事宜协商一致，订立本合同，共同遵守。");
        page.Heading("第一条　标的、数量与价款");
        page.Table(
            [62, 34, 18, 22, 24],
            7.5,
            ["货物名称", "规格型号", "数量", "单价（元）", "金额（元）"],
            ["接入交换机", "YF-S2410", "20 台", "1,860.00", "37,200.00"],
            ["核心路由器", "YF-R8002", "2 台", "28,500.00", "57,000.00"],
            ["机柜及配件", "42U", "4 套", "3,450.00", "13,800.00"],
            ["合计（含 13% 增值税）", "", "", "", "108,000.00"]);
        page.Paragraph("合同总价为人民币（大写）壹拾万捌仟元整（￥108,000.00）。该价款包括货物价款、包装、运输、保险、安装调试及保修期内服务的全部费用，合同履行期间不作调整。");
        page.Heading("第二条　质量要求与保修");
        page.Paragraph("乙方保证所供货物为原厂全新、未经使用的正品，符合国家标准及本合同约定的规格型号，并随货交付合格证、说明书和保修凭证。保修期自验收合格之日起三十六个月，保修期内出现非人为故障的，乙方应在接到通知后二十四小时内响应，七十二小时内修复或更换。");
        page.Heading("第三条　交付与验收");
        page.Paragraph("乙方应于本合同生效后十五日内将全部货物一次交付至甲方住所，并负责卸货。甲方应在货物到达后五日内清点外观与数量，在安装调试完成后十日内完成验收并签署验收单；逾期未提出书面异议的，视为验收合格。货物毁损、灭失的风险自甲方签收时起转移。");
        page.Heading("第四条　付款方式");
        page.Paragraph("本合同生效后五日内，甲方支付合同总价的百分之三十作为预付款；验收合格后十日内，凭乙方开具的增值税专用发票支付百分之六十五；其余百分之五作为质量保证金，于保修期满后十日内无息付清。");
        Foot(page, 1);
    }

    private static void DrawSecond(Sheet page)
    {
        page.Heading("第五条　双方的义务");
        page.Paragraph("甲方应按时付款，并为安装调试提供场地、电源和必要的配合。乙方应按约交货，对在履行中知悉的甲方网络结构、账号口令等信息负有保密义务，该义务不因本合同终止而解除。");
        page.Heading("第六条　违约责任");
        page.Paragraph("乙方逾期交货或甲方逾期付款的，每逾期一日应按逾期部分价款的万分之五向对方支付违约金；逾期超过三十日的，守约方有权解除合同并要求赔偿损失。货物质量不符合约定的，乙方应负责更换或退货，并承担由此发生的费用。");
        page.Heading("第七条　不可抗力与争议解决");
        page.Paragraph("因不可抗力不能履行合同的一方应及时通知对方并提供证明，依其影响部分或者全部免除责任。因本合同产生的争议，双方应协商解决；协商不成的，提交甲方住所地有管辖权的人民法院诉讼解决。");
        page.Heading("第八条　电子印章与生效");
        page.Paragraph("双方同意以电子印章签署本合同。依照《中华人民共和国电子签名法》，可靠的电子签名与手写签名或者盖章具有同等的法律效力。本合同自双方加盖电子印章之日起生效，合同附件与本合同具有同等效力。");
        Party(page, 142, "甲方（盖章）：", Buyer);
        Party(page, 205, "乙方（盖章）：", Seller);
        Foot(page, 2);
    }

    /// <summary>A party's part of the signature block: 58 mm high, with room for two round seals of 40 mm to the right.</summary>
    private static void Party(Sheet page, double top, string title, string name)
    {
        page.Box(Sheet.Left, top, Sheet.Right - Sheet.Left, 58);
        page.Y = top + 6;
        page.Text(title, 29, 11.5);
        page.Y += 8;
        page.Text(name, 29, 11.5);
        foreach (var line in new[] { "法定代表人：", "授权代表：", "签署日期：" })
        {
            page.Y += 11;
            page.Text(line, 29, 10.5);
            page.Rule(52, page.Y + 4.6, 36);
        }

        page.Y = top + 52.5;
        page.Text("（合同专用章）", 104, 8.5, grey: true);
        page.Text("（单位公章）", 151, 8.5, grey: true);
    }

    private static void Foot(Sheet page, int number)
    {
        page.Y = 280;
        page.Centred($"第 {number} 页　共 2 页", 8.5);
    }

    /// <summary>PDFsharp names font subsets and documents at random; the names mean nothing, so they are the same each time here.</summary>
    private static byte[] WithSettledNames(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        text = SubsetTag().Replace(text, "/SEALAA+");
        return Encoding.Latin1.GetBytes(Uuid().Replace(text, "uuid:5ea15ea1-0000-4000-8000-000000000001"));
    }

    [GeneratedRegex(@"/[A-Z]{6}\+")]
    private static partial Regex SubsetTag();

    [GeneratedRegex("uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
