// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding, FundingKind, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {Deals} from "../support/Deals.sol";
import {Permit2Double} from "../support/Permit2Double.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

contract Permit2Test is Deals {
    Permit2Double private constant PERMIT2 = Permit2Double(0x000000000022D473030F116dDEE9F6B43aC78BA3);

    Head private head;
    Leg[] private legs;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        vm.etch(address(PERMIT2), address(new Permit2Double()).code);
        head = head_();
        legs.push(leg_(payee, 100));
        dealId = escrow.dealIdOf(head, legs);
        usdc.mint(client.addr, 500);
        vm.prank(client.addr);
        usdc.approve(address(PERMIT2), type(uint256).max);
    }

    /// @dev What a wallet signs, typed by another implementation of EIP-712 than the escrow's.
    function permit(Wallet memory signer, uint256 amount, bytes32 id, uint256 nonce)
        private
        view
        returns (Funding memory)
    {
        string memory types =
            '{"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],"TokenPermissions":[{"name":"token","type":"address"},{"name":"amount","type":"uint256"}],"EarnestDeal":[{"name":"dealId","type":"bytes32"}],"PermitWitnessTransferFrom":[{"name":"permitted","type":"TokenPermissions"},{"name":"spender","type":"address"},{"name":"nonce","type":"uint256"},{"name":"deadline","type":"uint256"},{"name":"witness","type":"EarnestDeal"}]},"primaryType":"PermitWitnessTransferFrom","domain":{"name":"Permit2","chainId":';
        string memory json = string.concat(
            types, vm.toString(block.chainid), ',"verifyingContract":"', vm.toString(address(PERMIT2))
        );
        json = string.concat(json, '"},"message":{"permitted":{"token":"', vm.toString(address(usdc)));
        json = string.concat(json, '","amount":"', vm.toString(amount), '"},"spender":"');
        json = string.concat(json, vm.toString(address(escrow)), '","nonce":"', vm.toString(nonce));
        json = string.concat(json, '","deadline":"', vm.toString(START + 1 hours), '","witness":{"dealId":"');
        json = string.concat(json, vm.toString(id), '"}}}');
        bytes memory signature = sign(signer, vm.eip712HashTypedData(json));
        return Funding(FundingKind.PERMIT2, abi.encode(nonce, START + 1 hours, signature));
    }

    function openCall(Funding memory funding) private view returns (bytes memory) {
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, dealId);
        return abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), funding));
    }

    function test_permit2_opensByOneSignature() public {
        bytes memory call_ = openCall(permit(client, 100, dealId, 7));
        vm.prank(stranger.addr);
        (bool ok,) = address(escrow).call(call_);
        check(ok, "opened");
        inState(dealId, 0, LegState.Active);
        eq(usdc.balanceOf(address(escrow)), 100, "escrow");
    }

    function test_permit2_refusesASignatureOfAnythingElse() public {
        bytes memory why = abi.encodeWithSelector(Permit2Double.InvalidSigner.selector);
        refuses(stranger.addr, openCall(permit(client, 100, "another deal", 7)), why);
        refuses(stranger.addr, openCall(permit(client, 101, dealId, 7)), why);
        refuses(stranger.addr, openCall(permit(stranger, 100, dealId, 7)), why);
    }

    function test_permit2_refusesWhereItIsNotThere() public {
        vm.etch(address(PERMIT2), "");
        refuses(stranger.addr, openCall(permit(client, 100, dealId, 7)), "");
    }

    function test_permit2_deposits() public {
        bytes32 digest = depositDigest(address(usdc), client.addr, 60, "salt");
        Funding memory funding = permit(client, 60, digest, 8);
        vm.prank(stranger.addr);
        escrow.deposit(address(usdc), client.addr, 60, "salt", funding);
        eq(credits(client.addr), 60, "credit");
        bytes memory call_ = abi.encodeCall(escrow.deposit, (address(usdc), client.addr, 60, "salt", funding));
        refuses(stranger.addr, call_, abi.encodeWithSelector(Permit2Double.InvalidNonce.selector));
    }
}
