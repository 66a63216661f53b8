// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {Funding, FundingKind, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {Contract1271} from "../support/Contract1271.sol";
import {Deals} from "../support/Deals.sol";
import {SkimmingToken} from "../support/HostileTokens.sol";
import {vm} from "../support/Vm.sol";

contract FundingTest is Deals {
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        head = head_();
        legs.push(leg_(payee, 60));
        legs.push(leg_(payee, 40));
        dealId = escrow.dealIdOf(head, legs);
    }

    function opens(Funding memory funding) private {
        (Head memory h, Leg[] memory l, bytes[] memory sigs) = (head, legs, new bytes[](2));
        sigs[0] = sign(payee, dealId);
        escrow.open(h, l, sigs, new bytes[](0), funding);
        inState(dealId, 1, LegState.Active);
        eq(usdc.balanceOf(address(escrow)), 100, "escrow");
    }

    function refused(Funding memory funding, bytes memory why) private {
        (Head memory h, Leg[] memory l, bytes[] memory sigs) = (head, legs, new bytes[](2));
        sigs[0] = sign(payee, dealId);
        vm.expectRevert(why);
        escrow.open(h, l, sigs, new bytes[](0), funding);
    }

    function approve() private {
        usdc.mint(client.addr, 100);
        vm.prank(client.addr);
        usdc.approve(address(escrow), 100);
    }

    function test_funding_byAuthorization() public {
        usdc.mint(client.addr, 100);
        opens(authorization(client, 100, dealId));
        check(usdc.authorizationState(client.addr, dealId), "nonce");
    }

    function test_funding_byAuthorizationOfAContract() public {
        Contract1271 safe = new Contract1271(client.addr);
        head.client = address(safe);
        dealId = escrow.dealIdOf(head, legs);
        usdc.mint(address(safe), 100);
        bytes memory signature = sign(client, receiveDigest(address(safe), 100, dealId));
        opens(Funding(FundingKind.EIP3009_BYTES, abi.encode(uint256(0), START + 365 days, signature)));
    }

    /// The authorization is consent only to the deal whose id is its nonce.
    function test_funding_refusesAnAuthorizationForAnotherDeal() public {
        usdc.mint(client.addr, 100);
        refused(
            authorization(client, 100, keccak256("another deal")),
            abi.encodeWithSignature("Error(string)", "FiatTokenV2: invalid signature")
        );
    }

    function test_funding_refusesAnAuthorizationOfAnotherSum() public {
        usdc.mint(client.addr, 100);
        refused(
            authorization(client, 99, dealId),
            abi.encodeWithSignature("Error(string)", "FiatTokenV2: invalid signature")
        );
    }

    function test_funding_refusesAClientWithoutMoney() public {
        refused(authorization(client, 100, dealId), abi.encodeWithSignature("InsufficientBalance()"));
    }

    function test_funding_byAllowanceOfTheCaller() public {
        approve();
        (Head memory h, Leg[] memory l, bytes[] memory sigs) = (head, legs, new bytes[](2));
        sigs[0] = sign(payee, dealId);
        vm.prank(client.addr);
        escrow.open(h, l, sigs, new bytes[](0), allowance());
        inState(dealId, 0, LegState.Active);
    }

    /// An allowance alone is not consent: else anybody could open deals for whoever approved the escrow.
    function test_funding_refusesAnAllowanceSentByAnother() public {
        approve();
        refused(
            allowance(),
            abi.encodeWithSelector(IDealErrors.CallerIsNotParty.selector, address(this), client.addr)
        );
    }

    function test_funding_byAllowanceAndSignature() public {
        approve();
        opens(Funding(FundingKind.ALLOWANCE, bytes.concat(new bytes(128), sign(client, dealId))));
    }

    function test_funding_triesNoPermitWithoutADeadline() public {
        approve();
        vm.expectCall(address(usdc), abi.encodeWithSelector(IERC20Permit.permit.selector), 0);
        opens(Funding(FundingKind.ALLOWANCE, bytes.concat(new bytes(128), sign(client, dealId))));
    }

    function test_funding_refusesAnAllowanceAndAnothersSignature() public {
        approve();
        refused(
            Funding(FundingKind.ALLOWANCE, bytes.concat(new bytes(128), sign(stranger, dealId))),
            abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, client.addr, dealId)
        );
    }

    function test_funding_byPermit() public {
        usdc.mint(client.addr, 100);
        opens(permitFunding());
    }

    /// Somebody who sends the permit first takes nothing away.
    function test_funding_byPermitThatWasSentAlready() public {
        usdc.mint(client.addr, 100);
        Funding memory funding = permitFunding();
        (uint256 deadline, uint8 v, bytes32 r, bytes32 s) = permit();
        usdc.permit(client.addr, address(escrow), 100, deadline, v, r, s);
        opens(funding);
    }

    function permitFunding() private view returns (Funding memory) {
        (uint256 deadline, uint8 v, bytes32 r, bytes32 s) = permit();
        bytes memory data = bytes.concat(abi.encode(deadline, v, r, s), sign(client, dealId));
        return Funding(FundingKind.ALLOWANCE, data);
    }

    function permit() private view returns (uint256 deadline, uint8 v, bytes32 r, bytes32 s) {
        deadline = now_() + 1;
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash =
            keccak256(abi.encode(typeHash, client.addr, address(escrow), uint256(100), uint256(0), deadline));
        (v, r, s) = vm.sign(client.key, digestIn(usdc.DOMAIN_SEPARATOR(), hash));
    }

    function test_funding_refusesShortData() public {
        FundingKind[4] memory kinds =
            [FundingKind.EIP3009, FundingKind.EIP3009_BYTES, FundingKind.ALLOWANCE, FundingKind.PERMIT2];
        uint256[4] memory wants = [uint256(160), 128, 128, 128];
        for (uint256 i = 0; i < 4; ++i) {
            refused(
                Funding(kinds[i], new bytes(wants[i] - 1)),
                abi.encodeWithSelector(
                    IDealErrors.FundingDataTooShort.selector, kinds[i], wants[i] - 1, wants[i]
                )
            );
        }
    }

    function test_funding_refusesATokenThatSkims() public {
        SkimmingToken skimming = new SkimmingToken();
        head.token = address(skimming);
        dealId = escrow.dealIdOf(head, legs);
        skimming.mint(client.addr, 100);
        (Head memory h, Leg[] memory l, bytes[] memory sigs) = (head, legs, new bytes[](2));
        sigs[0] = sign(payee, dealId);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.UnexpectedTransferAmount.selector, 100, 99));
        vm.prank(client.addr);
        escrow.open(h, l, sigs, new bytes[](0), allowance());
    }
}
